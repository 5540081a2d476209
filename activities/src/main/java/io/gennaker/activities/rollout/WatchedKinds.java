package io.gennaker.activities.rollout;

import java.util.Set;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.PlacedObject;

/**
 * Which objects have a health to wait for.
 */
final class WatchedKinds {

	private static final Set<String> RUN_PODS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");

	/** Kinds that are what they should be as soon as the API server has taken them. */
	private static final Set<String> AT_ONCE = Set.of("ConfigMap", "Secret", "ServiceAccount", "Role", "RoleBinding",
			"ClusterRole", "ClusterRoleBinding", "NetworkPolicy", "ResourceQuota", "LimitRange", "PriorityClass",
			"StorageClass", "IngressClass", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
			"Endpoints", "EndpointSlice", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
			"RuntimeClass");

	/** Kinds that only say something of themselves. */
	private static final Set<String> ONCE = Set.of("batch/CronJob", "policy/PodDisruptionBudget",
			"autoscaling/HorizontalPodAutoscaler", "networking.k8s.io/Ingress", "/Service");

	private WatchedKinds() {
	}

	/**
	 * Whether a kind's controller makes pods by a label selector.
	 */
	static boolean runsPods(ApiKind kind) {
		return (kind.group().equals("apps") || kind.group().equals("batch")) && RUN_PODS.contains(kind.kind());
	}

	/**
	 * Whether an object of a kind needs one look alone, once it is healthy.
	 */
	static boolean staysHealthy(ApiKind kind) {
		return ONCE.contains(kind.group() + "/" + kind.kind());
	}

	/**
	 * Whether there is anything to wait for after an object was applied.
	 */
	static boolean mustBeWatched(PlacedObject object) {
		if (object.role() instanceof PlacedObject.Role.ReleaseNamespace) {
			return false;
		}
		ApiKind kind = object.kind();
		boolean ofKubernetes = kind.group().isEmpty() || kind.group().endsWith(".k8s.io")
				|| !kind.group().contains(".");
		if (kind.kind().equals("Service") && kind.group().isEmpty()) {
			return object.manifest().text("spec", "type").equals("LoadBalancer");
		}
		return !ofKubernetes || !AT_ONCE.contains(kind.kind());
	}

}
