package io.gennaker.workflows.rollout;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.HealthRule;

/**
 * Asks for one cluster to be taken to a release.
 *
 * @param executionId the execution
 * @param stageId the deploy stage
 * @param pipeline the pipeline's name
 * @param cluster where
 * @param namespace the release's namespace
 * @param release the release's name
 * @param manifests the digest of the manifests in the store
 * @param bake the digest of the whole bake
 * @param order groups of components, one healthy before the next; empty for one group
 * @param timeout how long one group may take to become healthy
 * @param health the pipeline's own rules of health; absent in what was written before
 * there were such rules
 */
public record RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
		String release, String manifests, String bake, List<List<String>> order, Duration timeout,
		List<HealthRule> health) {

	public RolloutRequest {
		order = order.stream().map(List::copyOf).toList();
		health = (health != null) ? List.copyOf(health) : List.of();
	}

	/**
	 * A rollout whose objects are healthy by the rules that are built in.
	 */
	public RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
			String release, String manifests, String bake, List<List<String>> order, Duration timeout) {
		this(executionId, stageId, pipeline, cluster, namespace, release, manifests, bake, order, timeout, List.of());
	}

}
