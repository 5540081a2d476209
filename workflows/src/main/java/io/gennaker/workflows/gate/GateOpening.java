package io.gennaker.workflows.gate;

import java.time.Instant;
import java.util.List;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A gate that starts to wait.
 *
 * @param executionId the execution
 * @param stage the approval stage as the file has it
 * @param context for the instructions' expressions
 * @param ahead the deploy stages that it holds back
 * @param deadline when it gives up; null for never
 */
public record GateOpening(String executionId, Stage.Approval stage, ExpressionContext context, List<String> ahead,
		@Nullable Instant deadline) {
}
