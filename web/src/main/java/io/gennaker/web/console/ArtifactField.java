package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.release.Release;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * An artifact in the start form.
 *
 * @param chosen the tag or digest that was chosen; empty to leave it as it is
 * @param other what was typed instead
 * @param running what runs now, with the clusters where it does
 * @param problem what is wrong with the choice; null for nothing
 */
record ArtifactField(String component, Artifact artifact, String chosen, String other, List<Running> running,
		@Nullable String problem) {

	/**
	 * A version and where it runs.
	 */
	record Running(BoundArtifact image, List<String> clusters) {
	}

	/**
	 * The fields of a pipeline's artifacts.
	 * @param releases what runs now
	 * @param chosen tags or digests by component
	 * @param typed what was typed instead
	 * @param problems what is wrong, by {@code artifacts.<component>}
	 */
	static List<ArtifactField> of(Pipeline pipeline, List<Release> releases, Map<String, String> chosen,
			Map<String, String> typed, Map<String, String> problems) {
		List<ArtifactField> fields = new ArrayList<>();
		pipeline.artifacts()
			.forEach((component,
					artifact) -> fields.add(new ArtifactField(component, artifact, chosen.getOrDefault(component, ""),
							typed.getOrDefault(component, ""), running(component, artifact, releases),
							problems.get("artifacts." + component))));
		return fields;
	}

	private static List<Running> running(String component, Artifact artifact, List<Release> releases) {
		Map<String, List<String>> clusters = new LinkedHashMap<>();
		Map<String, BoundArtifact> images = new LinkedHashMap<>();
		for (Release release : releases) {
			BoundArtifact image = release.artifacts().get(component);
			if (image != null && image.image().equals(artifact.image())) {
				images.putIfAbsent(image.digest(), image);
				clusters.computeIfAbsent(image.digest(), (_) -> new ArrayList<>()).add(release.cluster());
			}
		}
		return images.values()
			.stream()
			.map((image) -> new Running(image, clusters.getOrDefault(image.digest(), List.of())))
			.toList();
	}

}
