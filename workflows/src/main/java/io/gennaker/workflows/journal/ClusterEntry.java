package io.gennaker.workflows.journal;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A transition of one cluster in a deploy stage. The first entries, with
 * {@link Status#PENDING}, say what is to come.
 *
 * @param executionId the execution
 * @param sequence grows with every entry of this cluster in this stage, whichever
 * workflow writes it
 * @param at when, by the workflow's clock
 * @param stageId the deploy stage
 * @param cluster the cluster
 * @param wave its wave, from 0
 * @param status where it stands now
 * @param group the group of components at hand, in words; null before the first
 * @param message why it waits or failed, what was and was not done
 * @param rollout what is rolled out; null while that is not known
 */
public record ClusterEntry(String executionId, long sequence, Instant at, String stageId, String cluster, int wave,
		Status status, @Nullable String group, @Nullable String message, @Nullable RolloutReference rollout) {

	/**
	 * What is rolled out to the cluster.
	 */
	public record RolloutReference(String namespace, String release, String bake, String manifests) {
	}

}
