package io.gennaker.activities.rollout.manifest;

/**
 * A kind as an API server serves it.
 *
 * @param group the API group, empty for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code Deployment}
 * @param plural the resource's name in URLs, such as {@code deployments}
 * @param namespaced whether its objects live in a namespace
 */
public record ApiKind(String group, String version, String kind, String plural, boolean namespaced) {

	/**
	 * Group and version as manifests write them.
	 */
	public String apiVersion() {
		return this.group.isEmpty() ? this.version : this.group + "/" + this.version;
	}

	/**
	 * The path of its objects under the API server's root, without a slash at either end.
	 * @param namespace the namespace; not used for kinds that live in none
	 */
	public String path(String namespace) {
		String root = this.group.isEmpty() ? "api/" + this.version : "apis/" + this.group + "/" + this.version;
		return this.namespaced ? root + "/namespaces/" + namespace + "/" + this.plural : root + "/" + this.plural;
	}

}
