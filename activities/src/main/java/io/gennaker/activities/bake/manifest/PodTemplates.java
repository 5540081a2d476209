package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds the images of the pods that an object makes.
 */
final class PodTemplates {

	private static final Set<String> GROUPS = Set.of("", "apps", "batch", "extensions");

	private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

	private PodTemplates() {
	}

	/**
	 * The images of an object or, for a {@code List}, of its items.
	 */
	static List<ImageSpot> images(ManifestDocument document) {
		return images(document.root());
	}

	private static List<ImageSpot> images(Node object) {
		List<ImageSpot> spots = new ArrayList<>();
		String kind = YamlNodes.text(YamlNodes.get(object, "kind"));
		if (kind.endsWith("List")) {
			YamlNodes.elements(YamlNodes.get(object, "items")).forEach((item) -> spots.addAll(images(item)));
			return spots;
		}
		Node podSpec = podSpec(object, kind);
		for (String list : CONTAINERS) {
			for (Node container : YamlNodes.elements(YamlNodes.get(podSpec, list))) {
				if (YamlNodes.get(container, "image") instanceof ScalarNode image) {
					spots.add(new ImageSpot(YamlNodes.text(YamlNodes.get(container, "name")), image));
				}
			}
		}
		return spots;
	}

	private static @Nullable Node podSpec(Node object, String kind) {
		String apiVersion = YamlNodes.text(YamlNodes.get(object, "apiVersion"));
		String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
		if (!GROUPS.contains(group)) {
			return null;
		}
		return switch (kind) {
			case "Pod" -> YamlNodes.get(object, "spec");
			case "PodTemplate" -> YamlNodes.get(object, List.of("template", "spec"));
			case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job" ->
				YamlNodes.get(object, List.of("spec", "template", "spec"));
			case "CronJob" -> YamlNodes.get(object, List.of("spec", "jobTemplate", "spec", "template", "spec"));
			default -> null;
		};
	}

}
