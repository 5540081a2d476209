package io.gennaker.web.rebake;

import java.util.List;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import org.jspecify.annotations.Nullable;

/**
 * A bake that is made for its digests alone.
 */
final class ComparedBake implements BakeStore {

	private @Nullable BakeResult result;

	private @Nullable Provenance provenance;

	@Override
	public void keepManifests(String digest, String manifests) {
		// The digest is enough.
	}

	@Override
	public void keepBake(BakeRequest request, BakeResult bake, Provenance of, List<BoundImage> bound) {
		this.result = bake;
		this.provenance = of;
	}

	@Override
	public String manifests(String digest) {
		throw new IllegalArgumentException("there are no manifests " + digest);
	}

	BakeResult result() {
		if (this.result == null) {
			throw new IllegalStateException("nothing was baked");
		}
		return this.result;
	}

	Provenance provenance() {
		if (this.provenance == null) {
			throw new IllegalStateException("nothing was baked");
		}
		return this.provenance;
	}

}
