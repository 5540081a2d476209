package io.gennaker.web.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the API gives it.
 *
 * @param gates those that wait
 * @param causes what failed, in its own words; empty where nothing did
 */
record ExecutionAnswer(@JsonUnwrapped ExecutionDetail execution, List<WaitingGate> gates, List<Cause> causes) {

	static ExecutionAnswer of(ExecutionDetail execution, List<WaitingGate> gates) {
		List<Cause> causes = new ArrayList<>();
		execution.clusters()
			.stream()
			.filter((rollout) -> rollout.status() == Status.FAILED)
			.forEach((rollout) -> causes.add(new Cause(rollout.stageId(), rollout.cluster(), rollout.message())));
		execution.stages()
			.stream()
			.filter((stage) -> stage.status() == Status.FAILED)
			.forEach((stage) -> causes.add(new Cause(stage.id(), null, stage.message())));
		return new ExecutionAnswer(execution, gates, List.copyOf(causes));
	}

	/**
	 * A gate that waits.
	 *
	 * @param approvals how many of {@code count} there are
	 */
	record WaitingGate(String stageId, Instant openedAt, @Nullable Instant deadline, int count, int approvals) {
	}

	/**
	 * Something that failed.
	 *
	 * @param cluster null where it is the stage as a whole
	 */
	record Cause(String stageId, @Nullable String cluster, @Nullable String message) {
	}

}
