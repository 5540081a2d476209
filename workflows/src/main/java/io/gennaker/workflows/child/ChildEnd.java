package io.gennaker.workflows.child;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param status an ended status
 * @param message why it did not succeed
 */
public record ChildEnd(Status status, @Nullable String message) {
}
