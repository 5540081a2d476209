package io.gennaker.workflows.rollback;

/**
 * Asks what a place can go back to.
 *
 * @param executionId the execution that changes it
 * @param cluster the cluster's name
 * @param namespace the release's namespace
 * @param release the release's name
 */
public record RollbackQuestion(String executionId, String cluster, String namespace, String release) {
}
