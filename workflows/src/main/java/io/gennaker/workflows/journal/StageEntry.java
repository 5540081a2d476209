package io.gennaker.workflows.journal;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A stage's transition.
 *
 * @param executionId the execution
 * @param sequence grows with every entry of this execution's workflow
 * @param at when, by the workflow's clock
 * @param stageId the stage
 * @param status where it stands now
 * @param message in words for people: for what and since when it waits, why it failed or
 * was skipped
 * @param until when a wait ends by itself
 * @param outputs what it left for expressions; a bake leaves {@code digest}
 */
public record StageEntry(String executionId, long sequence, Instant at, String stageId, Status status,
		@Nullable String message, @Nullable Instant until, Map<String, String> outputs) {
}
