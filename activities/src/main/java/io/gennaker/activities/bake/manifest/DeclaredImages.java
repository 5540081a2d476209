package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.FieldPath;
import io.gennaker.pipelines.model.FieldPath.Step;
import io.gennaker.pipelines.model.ImageField;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The fields of custom resources that a pipeline declares to name images. A field counts
 * as found where one object of its kind in the cluster's manifests has it; kinds that are
 * not there at all are not missed.
 */
final class DeclaredImages {

	private final List<ImageField> fields;

	/** What the first object of a field's kind lacked. */
	private final Map<ImageField, String> missing = new LinkedHashMap<>();

	private final Set<ImageField> found = new HashSet<>();

	DeclaredImages(List<ImageField> fields) {
		this.fields = fields;
	}

	/**
	 * The images of an object.
	 */
	List<ImageSpot> images(ManifestObject object) {
		List<ImageSpot> spots = new ArrayList<>();
		for (ImageField field : this.fields) {
			if (isOfKind(object, field)) {
				List<ImageSpot> here = spots(object, field);
				spots.addAll(here);
				if (!here.isEmpty()) {
					this.found.add(field);
				}
			}
		}
		return spots;
	}

	private static boolean isOfKind(ManifestObject object, ImageField field) {
		return field.kind().equals(object.kind())
				&& (field.apiVersion() == null || field.apiVersion().equals(object.apiVersion()));
	}

	private List<ImageSpot> spots(ManifestObject object, ImageField field) {
		List<ImageSpot> spots = new ArrayList<>();
		switch (field) {
			case ImageField.Reference reference -> {
				for (Node node : follow(object.node(), FieldPath.parse(reference.path()).steps())) {
					if (node instanceof ScalarNode image && !YamlNodes.isNull(image)) {
						spots.add(new ImageSpot.Whole(reference.path(), image));
					}
				}
				noteMissing(object, field, reference.path(), spots);
			}
			case ImageField.Parts parts -> {
				FieldPath repository = FieldPath.parse(parts.repository());
				for (Node item : follow(object.node(), repository.listSteps())) {
					addParts(object, parts, repository, item, spots);
				}
				noteMissing(object, field, parts.repository(), spots);
			}
		}
		return spots;
	}

	private void addParts(ManifestObject object, ImageField.Parts parts, FieldPath repository, Node item,
			List<ImageSpot> spots) {
		List<Node> named = follow(item, repository.fieldSteps());
		if (named.isEmpty() || !(named.getFirst() instanceof ScalarNode name) || YamlNodes.isNull(name)) {
			return;
		}
		String digestPath = parts.digest();
		ImageSpot.Slot tag = slot(item, parts.tag());
		ImageSpot.Slot digest = (digestPath != null) ? slot(item, digestPath) : null;
		if (tag == null || (digestPath != null && digest == null)) {
			String lacking = (tag == null || digestPath == null) ? parts.tag() : digestPath;
			throw refused(lack(object, lacking));
		}
		spots.add(new ImageSpot.Parts(parts.repository(), name, tag, digest));
	}

	/** The mapping must be there; the key in it is added where it is not. */
	private static ImageSpot.@Nullable Slot slot(Node item, String path) {
		List<Step> steps = FieldPath.parse(path).fieldSteps();
		if (steps.isEmpty() || !(steps.getLast() instanceof Step.Key(String key))) {
			return null;
		}
		List<Node> parents = follow(item, steps.subList(0, steps.size() - 1));
		return (!parents.isEmpty() && parents.getFirst() instanceof MappingNode mapping
				&& isText(YamlNodes.get(mapping, key))) ? new ImageSpot.Slot(mapping, key) : null;
	}

	private static boolean isText(@Nullable Node node) {
		return node == null || node instanceof ScalarNode;
	}

	private void noteMissing(ManifestObject object, ImageField field, String path, List<ImageSpot> spots) {
		if (spots.isEmpty() && !this.missing.containsKey(field)) {
			this.missing.put(field, lack(object, path));
		}
	}

	/**
	 * Checks that every field was found whose kind was.
	 * @throws BakeRefusedException naming what lacks which path
	 */
	void checkFound() {
		this.missing.forEach((field, lack) -> {
			if (!this.found.contains(field)) {
				throw refused(lack);
			}
		});
	}

	private static BakeRefusedException refused(String lack) {
		return new BakeRefusedException("bind: " + lack + ". Correct the path, or take it out of the stage's bind");
	}

	/** What there is of the path, so that one sees where it goes astray. */
	private static String lack(ManifestObject object, String path) {
		List<Step> steps = FieldPath.parse(path).steps();
		int there = 0;
		while (there < steps.size() && !follow(object.node(), steps.subList(0, there + 1)).isEmpty()) {
			there++;
		}
		String how = (there == steps.size()) ? "what stands there is no text" : "it has no " + written(steps.get(there))
				+ ((there == 0) ? "" : " in " + written(steps.subList(0, there)));
		return object.title() + " has no image at " + path + ": " + how;
	}

	private static String written(List<Step> steps) {
		StringBuilder text = new StringBuilder();
		for (Step step : steps) {
			text.append((text.isEmpty() || !(step instanceof Step.Key)) ? "" : ".").append(written(step));
		}
		return text.toString();
	}

	private static String written(Step step) {
		return switch (step) {
			case Step.Key(String name) -> name;
			case Step.Item(int index) -> "[" + index + "]";
			case Step.EachItem _ -> "[*]";
		};
	}

	private static List<Node> follow(Node from, List<Step> steps) {
		List<Node> nodes = List.of(from);
		for (Step step : steps) {
			List<Node> next = new ArrayList<>();
			for (Node node : nodes) {
				switch (step) {
					case Step.Key(String name) -> addIfThere(YamlNodes.get(node, name), next);
					case Step.Item(int index) -> {
						List<Node> items = YamlNodes.elements(node);
						addIfThere((index < items.size()) ? items.get(index) : null, next);
					}
					case Step.EachItem _ -> next.addAll(YamlNodes.elements(node));
				}
			}
			nodes = next;
		}
		return nodes;
	}

	private static void addIfThere(@Nullable Node node, List<Node> nodes) {
		if (node != null) {
			nodes.add(node);
		}
	}

}
