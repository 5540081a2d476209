package io.gennaker.web.execution;

import java.time.Instant;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an execution.
 *
 * @param id grows within an execution
 * @param kind {@code execution}, {@code stage}, {@code cluster}, {@code release},
 * {@code gate} or {@code decision}
 * @param status where what it is about stands since
 * @param message in words for people
 */
public record ExecutionEvent(long id, Instant at, String kind, @Nullable String stageId, @Nullable String cluster,
		@Nullable Status status, String message) {
}
