package io.gennaker.activities.rollout.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Which pods a workload runs of its newest revision. What is wrong with the pods that it
 * replaces does not matter any more.
 */
public final class Revisions {

	private Revisions() {
	}

	/**
	 * The owner that a pod names.
	 * @param kind such as {@code ReplicaSet}
	 */
	public static Optional<OwnerReference> owner(Pod pod, String kind) {
		return pod.getMetadata()
			.getOwnerReferences()
			.stream()
			.filter((owner) -> kind.equals(owner.getKind()) && Boolean.TRUE.equals(owner.getController()))
			.findFirst();
	}

	/**
	 * Whether a pod belongs to the newest revision of a StatefulSet, DaemonSet,
	 * ReplicaSet or Job, or is the object itself. For a Deployment, see
	 * {@link #isNewest(GenericKubernetesResource, GenericKubernetesResource)}.
	 */
	public static boolean isNewest(GenericKubernetesResource workload, Pod pod) {
		if (workload.getKind().equals("Pod")) {
			return uid(workload).equals(pod.getMetadata().getUid());
		}
		if (owner(pod, workload.getKind()).filter((owner) -> uid(workload).equals(owner.getUid())).isEmpty()) {
			return false;
		}
		return switch (workload.getKind()) {
			case "StatefulSet" -> label(pod, "controller-revision-hash")
				.equals(String.valueOf(Health.text(workload, "status", "updateRevision")));
			case "DaemonSet" -> label(pod, "pod-template-generation")
				.equals(annotation(workload, "deprecated.daemonset.template.generation"));
			default -> true;
		};
	}

	/**
	 * Whether a ReplicaSet is the one that a Deployment now asks for: as the Deployment's
	 * own controller decides, by the pod template without its hash.
	 */
	public static boolean isNewest(GenericKubernetesResource deployment, GenericKubernetesResource replicaSet) {
		return template(deployment).equals(template(replicaSet));
	}

	private static Object template(GenericKubernetesResource workload) {
		Map<Object, Object> template = copy(workload.get("spec", "template"));
		Map<Object, Object> metadata = copy(template.get("metadata"));
		Map<Object, Object> labels = copy(metadata.get("labels"));
		labels.remove("pod-template-hash");
		metadata.put("labels", labels);
		metadata.remove("creationTimestamp");
		template.put("metadata", metadata);
		return comparable(template);
	}

	/**
	 * The client reads a number as an int or as a long, by the way on which the object
	 * came.
	 */
	private static Object comparable(@Nullable Object value) {
		return switch (value) {
			case null -> "";
			case Map<?, ?> map -> {
				Map<Object, Object> comparable = new HashMap<>();
				map.forEach((key, item) -> comparable.put(key, comparable(item)));
				yield comparable;
			}
			case List<?> list -> list.stream().map(Revisions::comparable).toList();
			default -> value.toString();
		};
	}

	private static Map<Object, Object> copy(@Nullable Object map) {
		return (map instanceof Map<?, ?> found) ? new HashMap<>(found) : new HashMap<>();
	}

	private static String uid(GenericKubernetesResource object) {
		return String.valueOf(object.getMetadata().getUid());
	}

	private static String label(Pod pod, String name) {
		Map<String, String> labels = pod.getMetadata().getLabels();
		return (labels != null) ? labels.getOrDefault(name, "") : "";
	}

	private static String annotation(GenericKubernetesResource object, String name) {
		Map<String, String> annotations = object.getMetadata().getAnnotations();
		return (annotations != null) ? annotations.getOrDefault(name, "1") : "1";
	}

}
