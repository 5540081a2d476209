package io.gennaker.workflows.bake;

import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Values;
import io.gennaker.workflows.binding.Bindings;

/**
 * Asks for the manifests of a bake stage.
 *
 * @param executionId the execution
 * @param revisionId the pipeline's revision, whose files hold chart and values
 * @param stage the bake stage as the file has it
 * @param artifacts the pipeline's artifacts by component
 * @param bindings the execution's images
 * @param context what expressions may refer to, without a cluster
 * @param destinations where the manifests go
 * @param values what the pipeline gives to all of its charts; absent in what was written
 * before a pipeline could
 */
public record BakeRequest(String executionId, String revisionId, Stage.Bake stage, Map<String, Artifact> artifacts,
		Bindings bindings, ExpressionContext context, List<Destination> destinations, Values values) {

	public BakeRequest {
		values = (values != null) ? values : Values.NONE;
	}

	/**
	 * One of a pipeline that gives nothing to all of its charts.
	 */
	public BakeRequest(String executionId, String revisionId, Stage.Bake stage, Map<String, Artifact> artifacts,
			Bindings bindings, ExpressionContext context, List<Destination> destinations) {
		this(executionId, revisionId, stage, artifacts, bindings, context, destinations, Values.NONE);
	}

	/**
	 * One cluster of one target.
	 */
	public record Destination(String targetName, Target target, Cluster cluster) {
	}

}
