package io.gennaker.workflows.rollout;

/**
 * What became of a group.
 *
 * @param objects how many objects were applied or found healthy
 * @param changed how many the API server changed
 */
public record GroupResult(int objects, int changed) {
}
