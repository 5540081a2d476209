package io.gennaker.workflows.operation;

/**
 * What was done.
 *
 * @param summary in words for people, such as {@code restarted Deployment api}
 */
public record OperationResult(String summary) {
}
