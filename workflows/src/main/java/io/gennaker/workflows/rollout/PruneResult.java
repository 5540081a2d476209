package io.gennaker.workflows.rollout;

/**
 * What became of objects that a release no longer has.
 *
 * @param deleted how many are gone
 * @param kept how many stay, because they are no longer what they were when they were
 * planned to go
 */
public record PruneResult(int deleted, int kept) {
}
