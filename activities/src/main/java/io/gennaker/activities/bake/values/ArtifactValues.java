package io.gennaker.activities.bake.values;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ImageValues;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * The values by which charts take the images of artifacts.
 */
public final class ArtifactValues {

	private static final String PLACE = "values of the artifacts";

	private ArtifactValues() {
	}

	/**
	 * The layer of one cluster; empty where no artifact that is bound there has values.
	 * @param artifacts the pipeline's artifacts by component
	 * @param bound the cluster's by component
	 */
	public static Optional<ValuesLayer> of(Map<String, Artifact> artifacts, Map<String, BoundArtifact> bound) {
		Map<String, String> given = new TreeMap<>();
		artifacts.forEach((component, artifact) -> {
			BoundArtifact image = bound.get(component);
			if (image != null) {
				artifact.values().keys().forEach((part, key) -> given.put(key, value(part, artifact.values(), image)));
			}
		});
		if (given.isEmpty()) {
			return Optional.empty();
		}
		SetValues values = new SetValues(PLACE);
		given.forEach(values::put);
		return Optional.of(new ValuesLayer(PLACE, values.yaml()));
	}

	private static String value(String part, ImageValues values, BoundArtifact image) {
		return switch (part) {
			case "registry" -> ImageName.parse(image.image()).host();
			case "repository" -> (values.registry() != null) ? ImageName.parse(image.image()).path() : image.image();
			case "tag" -> image.tag();
			case "digest" -> image.digest();
			case "image" -> image.reference();
			default -> throw new IllegalArgumentException("an image has no " + part);
		};
	}

}
