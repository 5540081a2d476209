package io.gennaker.workflows.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.gennaker.pipelines.model.Applying;
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
 * @param applying how objects are applied
 * @param back whether the cluster goes back to an earlier release; {@code order} is then
 * reversed already, and may name components that the manifests lack
 * @param attempt counts the stage's rollouts to the cluster from 1; one that goes back
 * has the number of the one that it takes back
 * @param health the pipeline's own rules of health; none in what was written before there
 * were such rules
 * @param token what its workflow holds the place by, see
 * {@link io.gennaker.workflows.lock.LockAnswer}; 0 where it holds none
 */
public record RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
		String release, String manifests, String bake, List<List<String>> order, Duration timeout, Applying applying,
		boolean back, int attempt, List<HealthRule> health, long token) {

	public RolloutRequest {
		order = order.stream().map(List::copyOf).toList();
		applying = Objects.requireNonNullElse(applying, Applying.DEFAULT);
		attempt = Math.max(1, attempt);
		health = (health != null) ? List.copyOf(health) : List.of();
	}

	/**
	 * A first attempt forth that applies objects as all do that say nothing of it, of a
	 * workflow that holds no place.
	 */
	public RolloutRequest(String executionId, String stageId, String pipeline, Cluster cluster, String namespace,
			String release, String manifests, String bake, List<List<String>> order, Duration timeout) {
		this(executionId, stageId, pipeline, cluster, namespace, release, manifests, bake, order, timeout,
				Applying.DEFAULT, false, 1, List.of(), 0);
	}

	/**
	 * The same by a workflow that holds the place.
	 */
	public RolloutRequest holding(long fencingToken) {
		return new RolloutRequest(this.executionId, this.stageId, this.pipeline, this.cluster, this.namespace,
				this.release, this.manifests, this.bake, this.order, this.timeout, this.applying, this.back,
				this.attempt, this.health, fencingToken);
	}

}
