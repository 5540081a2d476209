package io.gennaker.workflows.binding;

import java.util.LinkedHashMap;
import java.util.Map;

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

}
