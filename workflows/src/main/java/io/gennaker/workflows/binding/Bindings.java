package io.gennaker.workflows.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gennaker.pipelines.expression.ExpressionContext.ArtifactValue;

/**
 * The artifacts of an execution.
 *
 * @param common those that are the same in every cluster, by component
 * @param byCluster those that come from each cluster's last release, by cluster and
 * component
 */
public record Bindings(Map<String, BoundArtifact> common, Map<String, Map<String, BoundArtifact>> byCluster) {

	/**
	 * All artifacts of one cluster, by component.
	 */
	public Map<String, BoundArtifact> in(String cluster) {
		Map<String, BoundArtifact> all = new LinkedHashMap<>(this.common);
		all.putAll(this.byCluster.getOrDefault(cluster, Map.of()));
		return all;
	}

	/**
	 * All artifacts as expressions see them where no cluster is at hand. Where clusters
	 * carry different images of one artifact, its tag and digest list them, separated by
	 * commas.
	 */
	public Map<String, ArtifactValue> overall() {
		Map<String, List<BoundArtifact>> found = new LinkedHashMap<>();
		this.common.forEach((component, artifact) -> found.put(component, new ArrayList<>(List.of(artifact))));
		this.byCluster.values()
			.forEach((artifacts) -> artifacts.forEach(
					(component, artifact) -> found.computeIfAbsent(component, (_) -> new ArrayList<>()).add(artifact)));
		Map<String, ArtifactValue> values = new LinkedHashMap<>();
		found.forEach((component, artifacts) -> values.put(component, new ArtifactValue(artifacts.getFirst().image(),
				distinct(artifacts, BoundArtifact::tag), distinct(artifacts, BoundArtifact::digest))));
		return values;
	}

	private static String distinct(List<BoundArtifact> artifacts, Function<BoundArtifact, String> part) {
		return artifacts.stream().map(part).distinct().sorted().collect(Collectors.joining(", "));
	}

}
