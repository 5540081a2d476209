package io.gennaker.workflows.child;

/**
 * Asks for the end of an execution that a stage started.
 *
 * @param child the execution
 * @param user in whose name
 * @param reason why
 */
public record ChildCancellation(ChildExecution child, String user, String reason) {
}
