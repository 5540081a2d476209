package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds the pods that the built-in kinds make, and their images.
 */
final class PodTemplates {

	private static final Set<String> GROUPS = Set.of("", "apps", "batch", "extensions");

	private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

	private PodTemplates() {
	}

	/**
	 * The images of the pods that an object makes.
	 */
	static List<ImageSpot.Whole> images(ManifestObject object) {
		List<ImageSpot.Whole> spots = new ArrayList<>();
		for (Node container : containers(podSpec(object))) {
			if (YamlNodes.get(container, "image") instanceof ScalarNode image && !YamlNodes.isNull(image)) {
				spots.add(new ImageSpot.Whole(YamlNodes.text(YamlNodes.get(container, "name")), image));
			}
		}
		return spots;
	}

	/**
	 * All containers of a pod.
	 */
	static List<Node> containers(@Nullable Node podSpec) {
		return CONTAINERS.stream()
			.flatMap((list) -> YamlNodes.elements(YamlNodes.get(podSpec, list)).stream())
			.toList();
	}

	/**
	 * The specification of the pods that an object makes; null for other kinds.
	 */
	static @Nullable Node podSpec(ManifestObject object) {
		if (!GROUPS.contains(object.group())) {
			return null;
		}
		return switch (object.kind()) {
			case "Pod" -> object.at("spec");
			case "PodTemplate" -> object.at("template", "spec");
			case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job" ->
				object.at("spec", "template", "spec");
			case "CronJob" -> object.at("spec", "jobTemplate", "spec", "template", "spec");
			default -> null;
		};
	}

}
