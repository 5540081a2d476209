package io.gennaker.workflows.rollout;

import java.util.Objects;

/**
 * Asks for one group of a rollout.
 *
 * @param rollout the whole rollout
 * @param group the group's index in its {@link RolloutPlan}
 * @param occasion the plan's
 */
public record GroupRequest(RolloutRequest rollout, int group, Occasion occasion) {

	public GroupRequest {
		occasion = Objects.requireNonNullElse(occasion, Occasion.UPGRADE);
	}

	/**
	 * A group of an upgrade.
	 */
	public GroupRequest(RolloutRequest rollout, int group) {
		this(rollout, group, Occasion.UPGRADE);
	}

}
