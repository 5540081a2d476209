package io.gennaker.workflows.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.workflows.binding.Bindings;

/**
 * Everything that an execution is, fixed when it starts.
 *
 * @param executionId the execution, a UUIDv7; the workflow's id is
 * {@code release-<executionId>}
 * @param number counts the pipeline's executions from 1
 * @param revisionId the pipeline's revision
 * @param pipeline that revision's model
 * @param inventory the clusters as they were at the start
 * @param parameters complete values: {@code String}, {@code Long}, {@code Boolean} or a
 * list of texts
 * @param artifacts tags or digests that were chosen, by component
 * @param trigger what started it
 * @param kind what it has from others; absent in what was written before there were kinds
 */
public record ReleaseRequest(String executionId, long number, String revisionId, Pipeline pipeline,
		List<Cluster> inventory, Map<String, Object> parameters, Map<String, String> artifacts, Trigger trigger,
		ReleaseKind kind) {

	public ReleaseRequest {
		kind = (kind != null) ? kind : new ReleaseKind.Forward();
	}

	/**
	 * One that has nothing from others.
	 */
	public ReleaseRequest(String executionId, long number, String revisionId, Pipeline pipeline,
			List<Cluster> inventory, Map<String, Object> parameters, Map<String, String> artifacts, Trigger trigger) {
		this(executionId, number, revisionId, pipeline, inventory, parameters, artifacts, trigger,
				new ReleaseKind.Forward());
	}

	/**
	 * What expressions may refer to, without a cluster.
	 * @param bindings the execution's images
	 * @param outputs what its stages left, by stage
	 */
	public ExpressionContext context(Bindings bindings, Map<String, Map<String, String>> outputs) {
		Map<String, String> started = new LinkedHashMap<>(this.trigger.facts());
		started.put("type", this.trigger.type());
		started.put("user", this.trigger.user());
		Map<String, String> execution = Map.of("id", this.executionId, "number", String.valueOf(this.number),
				"pipeline", this.pipeline.name(), "user", this.trigger.user());
		return new ExpressionContext(this.parameters, bindings.overall(), started, execution, outputs, null);
	}

	/**
	 * What started an execution.
	 *
	 * @param type {@code manual}, {@code api}, {@code image}, {@code drift} or
	 * {@code rollback}
	 * @param user who; for an event the receiver's name
	 * @param pushed the components that an event pushed
	 * @param facts further facts for expressions, such as {@code repository} and
	 * {@code tag}
	 */
	public record Trigger(String type, String user, List<String> pushed, Map<String, String> facts) {
	}

}
