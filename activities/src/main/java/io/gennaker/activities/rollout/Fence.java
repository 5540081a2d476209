package io.gennaker.activities.rollout;

import io.gennaker.workflows.rollout.RolloutRequest;

/**
 * Keeps a rollout out of a place that another one holds by now: one that was held up for
 * so long that it does not know.
 */
@FunctionalInterface
public interface Fence {

	/** Lets everybody in. */
	Fence OPEN = (_) -> {
	};

	/**
	 * Asked before each object is changed.
	 * @throws StaleHolderException if the rollout's token no longer holds the place
	 */
	void check(RolloutRequest rollout);

}
