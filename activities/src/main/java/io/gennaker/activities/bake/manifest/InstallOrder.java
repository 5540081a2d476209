package io.gennaker.activities.bake.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which Helm writes kinds of objects; others come after these, by name
 * (helm.sh/helm/v3/pkg/releaseutil).
 */
final class InstallOrder {

	private static final List<String> KINDS = List.of("PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota",
			"LimitRange", "PodSecurityPolicy", "PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList",
			"ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition",
			"ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList",
			"RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet",
			"Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress",
			"APIService");

	/** By kind; documents of one kind keep their order. */
	static final Comparator<ManifestDocument> BY_KIND = Comparator
		.comparingInt((ManifestDocument document) -> rank(document.kind()))
		.thenComparing((document) -> KINDS.contains(document.kind()) ? "" : document.kind());

	private InstallOrder() {
	}

	private static int rank(String kind) {
		int index = KINDS.indexOf(kind);
		return (index < 0) ? KINDS.size() : index;
	}

}
