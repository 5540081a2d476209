package io.gennaker.web.execution;

import java.time.Instant;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;

/**
 * One Kubernetes object of a cluster's rollout.
 *
 * @param ordinal its place in the rollout, from 0
 * @param group its group's index; -1 for what the release no longer has
 * @param component empty for none
 * @param namespace empty for a cluster-wide object
 * @param message such as {@code 2 of 3 ready}, or the server's own words
 */
public record RolloutObject(int ordinal, int group, String component, String kind, String namespace, String name,
		ObjectState state, String message, Instant changedAt) {

	/**
	 * Whether the release has it, and does not delete it.
	 */
	public boolean isOfRelease() {
		return this.group >= 0;
	}

}
