package io.gennaker.web.execution;

import java.util.UUID;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list holds, newest first.
 *
 * @param pipeline its name; null for all
 * @param status null for all
 * @param open only those that have not ended
 * @param cursor the list goes on after this execution; null for the newest
 */
public record ExecutionFilter(@Nullable String pipeline, @Nullable Status status, boolean open, @Nullable UUID cursor) {

	/** All executions from the newest on. */
	public static final ExecutionFilter ALL = new ExecutionFilter(null, null, false, null);

	/** Those that have not ended. */
	public static final ExecutionFilter OPEN = new ExecutionFilter(null, null, true, null);

	/**
	 * Those of one pipeline.
	 */
	public static ExecutionFilter of(String pipeline) {
		return new ExecutionFilter(pipeline, null, false, null);
	}

}
