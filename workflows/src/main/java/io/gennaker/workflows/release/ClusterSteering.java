package io.gennaker.workflows.release;

/**
 * A person's word on one cluster of a running deploy stage.
 *
 * @param stageId the deploy stage
 * @param cluster which
 * @param user who
 * @param reason why, perhaps empty
 */
public record ClusterSteering(String stageId, String cluster, String user, String reason) {
}
