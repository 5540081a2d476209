package io.gennaker.workflows.child;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Asks for an execution of another pipeline.
 *
 * @param executionId the execution whose stage it is
 * @param pipeline that execution's pipeline
 * @param ancestry the pipelines whose stages led here, outermost first, separated by
 * slashes; empty where none did
 * @param user who started the outermost execution
 * @param stage what to start
 * @param artifacts the images that are the same everywhere, by component
 * @param context what expressions may refer to
 */
public record ChildRequest(String executionId, String pipeline, String ancestry, String user, Stage.ChildPipeline stage,
		Map<String, BoundArtifact> artifacts, ExpressionContext context) {

	/** The trigger type of executions that a stage started. */
	public static final String TRIGGER = "pipeline";

	/** The trigger's fact that holds the ancestry. */
	public static final String ANCESTRY = "ancestry";

	/** The trigger's fact that holds the id of the execution whose stage started it. */
	public static final String PARENT = "parent";

	public ChildRequest {
		artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
	}

}
