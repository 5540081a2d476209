package io.gennaker.web.execution;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list of executions.
 *
 * @param items newest first
 * @param next the cursor of the part after it; null where there is none
 */
public record ExecutionPage(List<ExecutionSummary> items, @Nullable UUID next) {

	public ExecutionPage {
		items = List.copyOf(items);
	}

}
