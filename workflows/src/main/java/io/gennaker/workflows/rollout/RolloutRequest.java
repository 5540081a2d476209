package io.gennaker.workflows.rollout;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.Cluster;

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
 * @param token what its workflow holds the place by, see
 * {@link io.gennaker.workflows.lock.LockAnswer}; 0 where it holds none
 * @param comesBack whether the manifests ran there before: they may lack components that
 * the order names
 */
public record RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
		String release, String manifests, String bake, List<List<String>> order, Duration timeout, long token,
		boolean comesBack) {

	public RolloutRequest {
		order = order.stream().map(List::copyOf).toList();
	}

	/**
	 * A release that is new, of a workflow that holds no place.
	 */
	public RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
			String release, String manifests, String bake, List<List<String>> order, Duration timeout) {
		this(executionId, stageId, pipeline, cluster, namespace, release, manifests, bake, order, timeout, 0, false);
	}

	/**
	 * The same by a workflow that holds the place.
	 */
	public RolloutRequest holding(long fencingToken) {
		return new RolloutRequest(this.executionId, this.stageId, this.pipeline, this.cluster, this.namespace,
				this.release, this.manifests, this.bake, this.order, this.timeout, fencingToken, this.comesBack);
	}

}
