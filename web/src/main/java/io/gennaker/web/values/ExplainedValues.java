package io.gennaker.web.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.BakeTools;
import io.gennaker.activities.bake.HelmBaking;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.pipeline.Revisions;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeRequest.Destination;
import io.gennaker.workflows.bake.Destinations;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.release.ReleaseRequest;

import org.springframework.stereotype.Component;

/**
 * Explains the values of executions' bakes, from what an execution was started with and
 * by the way that its bakes take. Nothing is kept of it.
 */
@Component
public class ExplainedValues {

	private final ExecutionReads executions;

	private final Revisions revisions;

	private final HelmBaking baking;

	ExplainedValues(ExecutionReads executions, Revisions revisions, RevisionFiles files, BakeStore store,
			Expressions expressions, BakeTools tools) {
		this.executions = executions;
		this.revisions = revisions;
		this.baking = new HelmBaking(files, store, expressions, tools, (_) -> {
		});
	}

	/**
	 * The values of one cluster, without what looks like a secret.
	 * @param stage a bake stage
	 * @throws NotFoundException if there is no such execution, bake stage or cluster of
	 * it
	 * @throws ConflictException if it cannot be told, in words for people
	 */
	public ValuesExplanation of(UUID execution, String stage, String cluster) {
		ExecutionDetail detail = this.executions.find(execution)
			.orElseThrow(() -> new NotFoundException("There is no execution " + execution + "."));
		List<Cluster> inventory = this.executions.inventory(execution);
		Pipeline pipeline = pipeline(detail, inventory);
		if (!(pipeline.stages().get(stage) instanceof Stage.Bake bake)) {
			throw new NotFoundException("'" + stage + "' is no bake stage of execution " + execution + ".");
		}
		Destination destination = Destinations.of(pipeline, bake, inventory, detail.parameters())
			.stream()
			.filter((each) -> each.cluster().name().equals(cluster))
			.findFirst()
			.orElseThrow(() -> new NotFoundException("Stage '" + stage + "' of execution " + execution
					+ " does not bake for a cluster '" + cluster + "'."));
		return explained(request(detail, pipeline, inventory, bake, destination));
	}

	private ValuesExplanation explained(BakeRequest request) {
		try {
			return this.baking.values(request).masked();
		}
		catch (BakeRefusedException | ExpressionException ex) {
			throw new ConflictException("The values cannot be explained: " + ex.getMessage());
		}
	}

	private Pipeline pipeline(ExecutionDetail detail, List<Cluster> inventory) {
		return switch (this.revisions.read(detail.revisionId(), inventory)) {
			case ReadResult.Valid(Pipeline pipeline) -> pipeline;
			case ReadResult.Invalid invalid -> throw new ConflictException(
					"The execution's revision can no longer be read: " + invalid.problems().getFirst());
		};
	}

	private static BakeRequest request(ExecutionDetail detail, Pipeline pipeline, List<Cluster> inventory,
			Stage.Bake bake, Destination destination) {
		Bindings bindings = detail.bindings();
		if (bindings == null) {
			throw new ConflictException("The execution's images are not bound yet.");
		}
		ExecutionDetail.TriggerFacts trigger = detail.trigger();
		ReleaseRequest start = new ReleaseRequest(detail.id().toString(), detail.number(),
				detail.revisionId().toString(), pipeline, inventory, detail.parameters(), detail.artifacts(),
				new ReleaseRequest.Trigger(trigger.type(), trigger.user(), trigger.pushed(), trigger.facts()));
		Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
		detail.stages().forEach((each) -> outputs.put(each.id(), each.outputs()));
		return new BakeRequest(start.executionId(), start.revisionId(), bake, pipeline.artifacts(), bindings,
				start.context(bindings, outputs), List.of(destination), pipeline.values());
	}

}
