package io.gennaker.workflows.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.lock.LockClaim;
import org.jspecify.annotations.Nullable;

/**
 * A rollout, and what its workflow needs to journal it.
 *
 * @param rollout what is rolled out
 * @param wave the cluster's wave, from 0
 * @param sequence the sequence of the first journal entry
 * @param artifacts the images that the manifests carry, by component
 * @param restores what is taken back; null where the cluster goes on
 * @param keepsPlace whether the place is kept where the rollout does not end well,
 * because the cluster goes back then
 */
public record RolloutAssignment(RolloutRequest rollout, int wave, long sequence, Map<String, BoundArtifact> artifacts,
		@Nullable Restoration restores, boolean keepsPlace) {

	/**
	 * How many sequences a rollout may use for its entries: two for each group and a few,
	 * where a group holds at least one object.
	 */
	public static final int SEQUENCES = 100_000;

	public RolloutAssignment(RolloutRequest rollout, int wave, long sequence, Map<String, BoundArtifact> artifacts) {
		this(rollout, wave, sequence, artifacts, null, false);
	}

	public RolloutAssignment(RolloutRequest rollout, int wave, long sequence, Map<String, BoundArtifact> artifacts,
			@Nullable Restoration restores) {
		this(rollout, wave, sequence, artifacts, restores, false);
	}

	/**
	 * What it asks for of the place.
	 */
	public LockClaim claim() {
		return new LockClaim(this.rollout.executionId(), this.rollout.stageId(), this.rollout.cluster().name(),
				this.rollout.namespace(), this.rollout.release(), this.rollout.manifests(), this.artifacts,
				this.rollout.back(), 0);
	}

	public RolloutAssignment {
		artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
	}

}
