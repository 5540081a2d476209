package io.gennaker.activities.rollout.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which kinds are applied, so that what others need is there first: Helm's
 * order of installation, but for definitions, which come right after the namespaces so
 * that the cluster can establish them meanwhile, and for roles, which come before what
 * may need them. Kinds that Helm knows nothing of stand between the workloads and what
 * sends traffic to them.
 */
public final class KindOrder {

	private static final List<String> FIRST = List.of("PriorityClass", "Namespace", "CustomResourceDefinition",
			"NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
			"ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Secret", "ConfigMap",
			"StorageClass", "PersistentVolume", "PersistentVolumeClaim", "Service", "DaemonSet", "Pod",
			"ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job",
			"CronJob");

	private static final List<String> LAST = List.of("IngressClass", "Ingress", "APIService",
			"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

	/** By kind, else as they stood in the manifests. */
	static final Comparator<Manifest> COMPARATOR = Comparator.comparingInt((manifest) -> rank(manifest.kind()));

	private KindOrder() {
	}

	/**
	 * A kind's place; lower ones are applied first.
	 */
	public static int rank(String kind) {
		int first = FIRST.indexOf(kind);
		if (first >= 0) {
			return first;
		}
		int last = LAST.indexOf(kind);
		return (last >= 0) ? FIRST.size() + 1 + last : FIRST.size();
	}

}
