package io.gennaker.web.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline in a list.
 *
 * @param source {@code folder} or {@code api}
 * @param description of the current revision; empty where there is none
 * @param revision the current revision's number; null for a pipeline that was never valid
 * @param problems what is wrong with what was read last and did not become a revision;
 * empty where nothing is
 * @param lastExecutions newest first
 */
public record PipelineSummary(String name, String source, String description, @Nullable Integer revision,
		List<Problem> problems, List<LastExecution> lastExecutions) {

	public PipelineSummary {
		problems = List.copyOf(problems);
		lastExecutions = List.copyOf(lastExecutions);
	}

	/**
	 * An execution of the pipeline, in short.
	 */
	public record LastExecution(UUID id, long number, Status status, Instant createdAt, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {
	}

}
