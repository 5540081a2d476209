package io.gennaker.workflows.journal;

import java.time.Instant;

import io.gennaker.workflows.binding.Bindings;
import org.jspecify.annotations.Nullable;

/**
 * An execution's transition.
 *
 * @param executionId the execution
 * @param sequence grows with every entry of this execution's workflow; a repeated entry
 * has the same
 * @param at when, by the workflow's clock
 * @param status where it stands now
 * @param message in words for people: why it waits, failed, or who paused it
 * @param bindings its artifacts once they are bound
 */
public record ExecutionEntry(String executionId, long sequence, Instant at, Status status, @Nullable String message,
		@Nullable Bindings bindings) {
}
