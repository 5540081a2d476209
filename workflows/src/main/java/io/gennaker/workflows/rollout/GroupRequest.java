package io.gennaker.workflows.rollout;

/**
 * Asks for one group of a rollout.
 *
 * @param rollout the whole rollout
 * @param group the group's index in its {@link RolloutPlan}
 */
public record GroupRequest(RolloutRequest rollout, int group) {
}
