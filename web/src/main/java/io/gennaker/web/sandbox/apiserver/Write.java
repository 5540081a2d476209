package io.gennaker.web.sandbox.apiserver;

/**
 * How a change is to be made.
 *
 * @param manager the field manager
 * @param subresource {@code status}, or empty for the object itself
 * @param force whether an apply takes fields from their owners
 * @param dryRun whether everything happens but the storing
 */
public record Write(String manager, String subresource, boolean force, boolean dryRun) {

	/** An ordinary change of an object. */
	public static Write by(String manager) {
		return new Write(manager, "", false, false);
	}

	/** A change of an object's status. */
	public static Write ofStatus(String manager) {
		return new Write(manager, "status", false, false);
	}

	boolean isStatus() {
		return this.subresource.equals("status");
	}

	ManagedFields.Owner manager(ResourceType type, String operation) {
		return new ManagedFields.Owner(this.manager, operation, type.apiVersion(), this.subresource);
	}

}
