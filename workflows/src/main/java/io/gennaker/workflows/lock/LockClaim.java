package io.gennaker.workflows.lock;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Asks for a place. Its holder is a stage of an execution: the way back of a cluster is
 * the same holder as the rollout before it.
 *
 * @param executionId the execution
 * @param stageId the deploy stage
 * @param cluster the cluster's name
 * @param namespace the release's namespace
 * @param release the release's name
 * @param manifests the digest of the manifests that will be rolled out
 * @param artifacts the images that they carry, by component
 * @param comesBack whether they ran there before: a rollback
 * @param seen the token of the holder that the workflow knows of; 0 for none
 */
public record LockClaim(String executionId, String stageId, String cluster, String namespace, String release,
		String manifests, Map<String, BoundArtifact> artifacts, boolean comesBack, long seen) {

	public LockClaim {
		artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
	}

	/**
	 * The same of somebody who knows who holds the place.
	 */
	public LockClaim seeing(long token) {
		return new LockClaim(this.executionId, this.stageId, this.cluster, this.namespace, this.release, this.manifests,
				this.artifacts, this.comesBack, token);
	}

}
