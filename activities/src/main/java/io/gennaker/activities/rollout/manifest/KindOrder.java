package io.gennaker.activities.rollout.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which kinds are applied, so that what others need is there first. It is
 * Helm's order of installation, with the kinds that Helm knows nothing of between the
 * workloads and what sends traffic to them.
 */
final class KindOrder {

	private static final List<String> FIRST = List.of("PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota",
			"LimitRange", "PodSecurityPolicy", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume",
			"PersistentVolumeClaim", "ServiceAccount", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding",
			"Role", "RoleBinding", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment",
			"HorizontalPodAutoscaler", "PodDisruptionBudget", "StatefulSet", "Job", "CronJob");

	private static final List<String> LAST = List.of("IngressClass", "Ingress", "APIService",
			"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

	/** By kind, else as they stood in the manifests. */
	static final Comparator<Manifest> COMPARATOR = Comparator.comparingInt((manifest) -> rank(manifest.kind()));

	private KindOrder() {
	}

	static int rank(String kind) {
		int first = FIRST.indexOf(kind);
		if (first >= 0) {
			return first;
		}
		int last = LAST.indexOf(kind);
		return (last >= 0) ? FIRST.size() + 1 + last : FIRST.size();
	}

}
