package io.gennaker.workflows.rollout;

/**
 * An object that an earlier release applied and the one that is rolled out no longer has.
 *
 * @param ordinal its place in the rollout, after all that are applied
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param namespace empty for a cluster-wide object
 * @param name the object's name
 * @param component its component, empty for none
 * @param uid which object of that name it is: one that was made anew since stays
 */
public record ObsoleteObject(int ordinal, String apiVersion, String kind, String namespace, String name,
		String component, String uid) {

	/**
	 * Kind, namespace and name for people, such as {@code Deployment classroom/api}.
	 */
	public String title() {
		return this.kind + " " + (this.namespace.isEmpty() ? "" : this.namespace + "/") + this.name;
	}

}
