package io.gennaker.web.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * An execution in a list.
 *
 * @param number counts the pipeline's executions from 1
 * @param message why it waits or failed
 * @param lost whether its workflow was lost
 * @param triggerType {@code manual}, {@code api}, {@code image} or {@code drift}
 * @param startedBy a user, or the receiver of the event
 * @param createdAt when it was asked for
 * @param startedAt when its workflow began
 * @param stages in the file's order
 */
public record ExecutionSummary(UUID id, String pipeline, long number, Status status, @Nullable String message,
		boolean lost, String triggerType, String startedBy, Instant createdAt, @Nullable Instant startedAt,
		@Nullable Instant endedAt, List<StageState> stages) {

	public ExecutionSummary {
		stages = List.copyOf(stages);
	}

	/**
	 * A stage as part of a bar.
	 *
	 * @param type such as {@code bake}
	 */
	public record StageState(String id, String type, Status status) {
	}

}
