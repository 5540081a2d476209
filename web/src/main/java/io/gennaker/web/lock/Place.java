package io.gennaker.web.lock;

import io.gennaker.workflows.lock.LockClaim;

/**
 * Where a release lives.
 */
record Place(String cluster, String namespace, String release) {

	static Place of(LockClaim claim) {
		return new Place(claim.cluster(), claim.namespace(), claim.release());
	}

	@Override
	public String toString() {
		return this.cluster + "/" + this.namespace + "/" + this.release;
	}

}
