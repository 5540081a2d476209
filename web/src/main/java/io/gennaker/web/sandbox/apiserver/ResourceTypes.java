package io.gennaker.web.sandbox.apiserver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The kinds that a server knows: the built-in ones and those of its
 * CustomResourceDefinitions.
 */
public final class ResourceTypes {

	private static final List<ResourceType> BUILT_IN = List.of(namespaced("", "v1", "Pod", "pods", "po"),
			namespaced("", "v1", "Service", "services", "svc"), data("", "v1", "ConfigMap", "configmaps", "cm"),
			data("", "v1", "Secret", "secrets"), data("", "v1", "ServiceAccount", "serviceaccounts", "sa"),
			data("", "v1", "Event", "events", "ev"), data("", "v1", "Endpoints", "endpoints", "ep"),
			data("", "v1", "LimitRange", "limitranges", "limits"),
			namespaced("", "v1", "ResourceQuota", "resourcequotas", "quota"),
			namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
			cluster("", "v1", "Namespace", "namespaces", true, "ns"), cluster("", "v1", "Node", "nodes", true, "no"),
			cluster("", "v1", "PersistentVolume", "persistentvolumes", true, "pv"),
			namespaced("apps", "v1", "Deployment", "deployments", "deploy"),
			namespaced("apps", "v1", "ReplicaSet", "replicasets", "rs"),
			namespaced("apps", "v1", "StatefulSet", "statefulsets", "sts"),
			namespaced("apps", "v1", "DaemonSet", "daemonsets", "ds"),
			data("apps", "v1", "ControllerRevision", "controllerrevisions"), namespaced("batch", "v1", "Job", "jobs"),
			namespaced("batch", "v1", "CronJob", "cronjobs", "cj"),
			namespaced("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa"),
			namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
			namespaced("networking.k8s.io", "v1", "Ingress", "ingresses", "ing"),
			data("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol"),
			cluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses", false),
			data("rbac.authorization.k8s.io", "v1", "Role", "roles"),
			data("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
			cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false),
			cluster("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false),
			cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses", false, "sc"),
			cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", false, "pc"),
			data("coordination.k8s.io", "v1", "Lease", "leases"),
			data("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices"),
			cluster("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration",
					"validatingwebhookconfigurations", false),
			cluster("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration",
					"mutatingwebhookconfigurations", false),
			cluster("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", true,
					"crd"));

	private final List<ResourceType> types = new CopyOnWriteArrayList<>(BUILT_IN);

	/** All kinds, the built-in ones first. */
	public List<ResourceType> all() {
		return List.copyOf(this.types);
	}

	/** The kind behind a URL. */
	public Optional<ResourceType> byPlural(String group, String version, String plural) {
		return this.types.stream()
			.filter((type) -> type.group().equals(group) && type.version().equals(version)
					&& type.plural().equals(plural))
			.findFirst();
	}

	/** The kind that an object says it is of. */
	public Optional<ResourceType> byKind(String apiVersion, String kind) {
		return this.types.stream()
			.filter((type) -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
			.findFirst();
	}

	/**
	 * A kind that the server surely has.
	 * @throws IllegalArgumentException if it has none of that name
	 */
	public ResourceType require(String apiVersion, String kind) {
		return byKind(apiVersion, kind)
			.orElseThrow(() -> new IllegalArgumentException("The sandbox has no kind " + apiVersion + " " + kind));
	}

	/**
	 * Serves the kinds of a CustomResourceDefinition from now on, in place of its former
	 * ones.
	 */
	void define(String group, String plural, List<ResourceType> defined) {
		this.types.removeIf((type) -> type.custom() && type.group().equals(group) && type.plural().equals(plural));
		this.types.addAll(defined);
	}

	private static ResourceType namespaced(String group, String version, String kind, String plural,
			String... shortNames) {
		return new ResourceType(group, version, kind, plural, true, true, false, Arrays.asList(shortNames));
	}

	private static ResourceType data(String group, String version, String kind, String plural, String... shortNames) {
		return new ResourceType(group, version, kind, plural, true, false, false, Arrays.asList(shortNames));
	}

	private static ResourceType cluster(String group, String version, String kind, String plural, boolean status,
			String... shortNames) {
		return new ResourceType(group, version, kind, plural, false, status, false, Arrays.asList(shortNames));
	}

}
