package io.gennaker.workflows.journal;

import java.time.Instant;
import java.util.Map;

import io.gennaker.workflows.binding.BoundArtifact;

/**
 * What an execution left in one cluster.
 *
 * @param executionId the execution
 * @param stageId the deploy stage
 * @param at when the rollout succeeded
 * @param cluster where
 * @param namespace the release's namespace
 * @param release the release's name
 * @param bake the digest of the bake
 * @param manifests the digest of the cluster's manifests
 * @param artifacts the images by component
 */
public record ReleaseEntry(String executionId, String stageId, Instant at, String cluster, String namespace,
		String release, String bake, String manifests, Map<String, BoundArtifact> artifacts) {
}
