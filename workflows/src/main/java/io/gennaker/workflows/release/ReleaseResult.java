package io.gennaker.workflows.release;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param status {@link Status#SUCCEEDED}, {@link Status#FAILED} or
 * {@link Status#CANCELED}
 * @param cause why it did not succeed
 */
public record ReleaseResult(Status status, @Nullable String cause) {
}
