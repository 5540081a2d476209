package io.gennaker.workflows.release;

/**
 * A person's word on a running release.
 *
 * @param user who
 * @param reason why, perhaps empty
 */
public record Steering(String user, String reason) {
}
