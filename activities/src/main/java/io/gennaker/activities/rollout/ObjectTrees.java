package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;

/**
 * Objects as people compare them: without the server's bookkeeping.
 */
final class ObjectTrees {

	private static final List<String> BOOKKEEPING = List.of("managedFields", "resourceVersion", "uid", "generation",
			"creationTimestamp", "selfLink");

	private ObjectTrees() {
	}

	/**
	 * An object without status, bookkeeping and the marks that every execution leaves.
	 */
	static Manifest substance(Map<String, Object> tree) {
		Manifest object = new Manifest(tree).without("status")
			.without("metadata", "annotations", ReleaseIdentity.EXECUTION)
			.without("metadata", "annotations", ReleaseIdentity.PIPELINE)
			.without("metadata", "annotations", ReleaseIdentity.HOOK_RUN)
			.without("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration")
			.without("metadata", "annotations", "deployment.kubernetes.io/revision");
		for (String field : BOOKKEEPING) {
			object = object.without("metadata", field);
		}
		boolean bare = object.at("metadata", "annotations") instanceof Map<?, ?> annotations && annotations.isEmpty();
		return bare ? object.without("metadata", "annotations") : object;
	}

	/**
	 * Whether Gennaker's field manager still owns a workload's replicas.
	 */
	static boolean ownsReplicas(Map<String, Object> tree) {
		return new Manifest(tree).maps("metadata", "managedFields")
			.stream()
			.filter((entry) -> entry.text("manager").equals(ApiServer.FIELD_MANAGER)
					&& entry.text("operation").equals("Apply") && entry.text("subresource").isEmpty())
			.anyMatch((entry) -> entry.at("fieldsV1", "f:spec", "f:replicas") != null);
	}

}
