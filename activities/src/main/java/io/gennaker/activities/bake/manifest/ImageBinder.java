package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.workflows.binding.BoundArtifact;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes the bound digests into pod templates, and touches nothing else.
 */
final class ImageBinder {

	private static final Set<String> DATA_KINDS = Set.of("ConfigMap", "Secret", "CustomResourceDefinition");

	private final ArtifactImages artifacts;

	private final Map<String, BoundArtifact> bound;

	/**
	 * A binder for one cluster.
	 * @param bound the cluster's artifacts by component
	 */
	ImageBinder(ArtifactImages artifacts, Map<String, BoundArtifact> bound) {
		this.artifacts = artifacts;
		this.bound = bound;
	}

	/**
	 * The document's text with digests.
	 * @param images what was found is added here
	 */
	String bind(ManifestDocument document, FoundImages images) {
		Map<ScalarNode, String> replacements = new IdentityHashMap<>();
		Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (ImageSpot spot : PodTemplates.images(document)) {
			seen.add(spot.image());
			String before = spot.image().getValue();
			String component = this.artifacts.component(before);
			BoundArtifact artifact = (component != null) ? this.bound.get(component) : null;
			if (component == null) {
				images.uncovered().add(before);
			}
			else if (artifact == null) {
				images.unbound()
					.add(document.object() + " container " + spot.container() + ": " + before + ", since artifact "
							+ component + " has no image here");
			}
			else {
				replacements.put(spot.image(), artifact.reference());
				images.bound()
					.add(new FoundImages.Bound(component, document.object(), spot.container(), before,
							artifact.reference()));
			}
		}
		checkElsewhere(document, seen, replacements, images);
		return replace(document.text(), replacements);
	}

	private void checkElsewhere(ManifestDocument document, Set<Node> seen, Map<ScalarNode, String> replacements,
			FoundImages images) {
		Set<Node> podImages = Collections.newSetFromMap(new IdentityHashMap<>());
		podImages.addAll(seen);
		walk(document.root(), "", Collections.newSetFromMap(new IdentityHashMap<>()), (key, scalar) -> {
			boolean image = key.equals("image");
			if (!image && replacements.containsKey(scalar)) {
				throw new BakeRefusedException(
						document.source() + ": " + document.object() + " uses one YAML anchor for an image and for '"
								+ key + "'; binding the image would change both, so write them out");
			}
			if (image && !podImages.contains(scalar) && !DATA_KINDS.contains(document.kind())) {
				String component = this.artifacts.component(scalar.getValue());
				if (component != null && !isBound(component, scalar.getValue())) {
					images.unbound()
						.add(document.object() + ": " + scalar.getValue()
								+ ", which stands outside of a pod template and is not bound there");
				}
			}
		});
	}

	private boolean isBound(String component, String image) {
		BoundArtifact artifact = this.bound.get(component);
		return artifact != null && image.endsWith("@" + artifact.digest());
	}

	private static void walk(Node node, String key, Set<Node> visited, BiConsumer<String, ScalarNode> visitor) {
		Node real = (node instanceof AnchorNode anchor) ? anchor.getRealNode() : node;
		if (real instanceof ScalarNode scalar) {
			visitor.accept(key, scalar);
		}
		else if (visited.add(real)) {
			if (real instanceof MappingNode mapping) {
				for (NodeTuple tuple : mapping.getValue()) {
					walk(tuple.getKeyNode(), "a key", visited, visitor);
					walk(tuple.getValueNode(), YamlNodes.text(tuple.getKeyNode()), visited, visitor);
				}
			}
			else if (real instanceof SequenceNode sequence) {
				sequence.getValue().forEach((element) -> walk(element, key, visited, visitor));
			}
		}
	}

	private static String replace(String text, Map<ScalarNode, String> replacements) {
		StringBuilder changed = new StringBuilder(text);
		List<ScalarNode> fromTheEnd = new ArrayList<>(replacements.keySet());
		fromTheEnd.sort(Comparator.comparingInt(ImageBinder::start).reversed());
		for (ScalarNode scalar : fromTheEnd) {
			int start = text.offsetByCodePoints(0, start(scalar));
			int end = text.offsetByCodePoints(0, scalar.getEndMark().orElseThrow().getIndex());
			String anchor = scalar.getAnchor().map((name) -> "&" + name.getValue() + " ").orElse("");
			String lineEnd = text.substring(start, end).endsWith("\n") ? "\n" : "";
			changed.replace(start, end, anchor + "\"" + replacements.get(scalar) + "\"" + lineEnd);
		}
		return changed.toString();
	}

	private static int start(ScalarNode scalar) {
		return scalar.getStartMark().orElseThrow().getIndex();
	}

}
