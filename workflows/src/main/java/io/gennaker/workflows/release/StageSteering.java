package io.gennaker.workflows.release;

/**
 * A person's word on a stage that is under way.
 *
 * @param stageId the stage
 * @param user who
 * @param reason why, perhaps empty
 */
public record StageSteering(String stageId, String user, String reason) {
}
