package io.gennaker.web.release;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.gennaker.workflows.binding.BoundArtifact;

/**
 * What an execution left in one cluster.
 *
 * @param id grows with every release
 * @param pipeline the execution's pipeline
 * @param number the execution's number
 * @param bake the digest of the bake
 * @param manifests the digest of the cluster's manifests
 * @param artifacts the images by component
 */
public record Release(long id, String cluster, String namespace, String release, UUID executionId, String pipeline,
		long number, String stageId, String bake, String manifests, Map<String, BoundArtifact> artifacts,
		Instant releasedAt) {

	public Release {
		artifacts = Map.copyOf(artifacts);
	}

	/**
	 * A rollout that is under way to a place.
	 */
	public record Underway(String cluster, String namespace, String release, UUID executionId, String pipeline,
			long number, String stageId) {
	}

}
