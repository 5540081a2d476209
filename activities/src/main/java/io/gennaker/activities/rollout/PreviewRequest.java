package io.gennaker.activities.rollout;

import java.util.List;

import io.gennaker.pipelines.model.Applying;

/**
 * Asks what a release would change in a cluster.
 *
 * @param cluster the cluster's name
 * @param namespace the release's namespace
 * @param release the release's name
 * @param pipeline the pipeline that would roll it out
 * @param manifests a YAML stream
 * @param order groups of components, one after the other; empty for none
 * @param applying how objects would be applied
 */
public record PreviewRequest(String cluster, String namespace, String release, String pipeline, String manifests,
		List<List<String>> order, Applying applying) {

	public PreviewRequest {
		order = order.stream().map(List::copyOf).toList();
	}

}
