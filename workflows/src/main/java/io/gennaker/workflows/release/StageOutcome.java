package io.gennaker.workflows.release;

import java.util.Map;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a stage ended.
 *
 * @param status an ended status
 * @param message why, and what was and was not done
 * @param outputs what it left for expressions
 */
record StageOutcome(Status status, @Nullable String message, Map<String, String> outputs) {

	static StageOutcome succeeded(@Nullable String message) {
		return new StageOutcome(Status.SUCCEEDED, message, Map.of());
	}

	static StageOutcome succeeded(@Nullable String message, Map<String, String> outputs) {
		return new StageOutcome(Status.SUCCEEDED, message, outputs);
	}

	static StageOutcome failed(String message) {
		return new StageOutcome(Status.FAILED, message, Map.of());
	}

	static StageOutcome skipped(String message) {
		return new StageOutcome(Status.SKIPPED, message, Map.of());
	}

	static StageOutcome canceled(@Nullable String message) {
		return new StageOutcome(Status.CANCELED, message, Map.of());
	}

}
