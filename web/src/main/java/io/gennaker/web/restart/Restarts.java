package io.gennaker.web.restart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.bake.Bake;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.bake.TakenBakes;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.ExecutionPlan;
import io.gennaker.web.execution.ExecutionPlans;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.PlannedStart;
import io.gennaker.web.execution.PlannedStarter;
import io.gennaker.web.execution.StartedExecution;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseKind.TakenOver;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Starts executions again from a stage: of the same revision, with the same parameters
 * and the very images. What had succeeded and does not need that stage is taken over.
 */
@Component
public class Restarts {

	private final ExecutionReads executions;

	private final ExecutionPlans plans;

	private final BakeReads bakes;

	private final TakenBakes taken;

	private final PlannedStarter starter;

	private final Audit audit;

	Restarts(ExecutionReads executions, ExecutionPlans plans, BakeReads bakes, TakenBakes taken, PlannedStarter starter,
			Audit audit) {
		this.executions = executions;
		this.plans = plans;
		this.bakes = bakes;
		this.taken = taken;
		this.starter = starter;
		this.audit = audit;
	}

	/**
	 * What a restart would do.
	 * @throws NotFoundException if there is no such execution
	 * @throws InvalidParameterException if it has no such stage
	 */
	public RestartPreview preview(UUID id, String from) {
		ExecutionDetail execution = execution(id);
		Pipeline pipeline = pipeline(execution);
		String obstacle = obstacle(execution, pipeline);
		List<String> takenOver = (pipeline != null) ? takenOver(execution, pipeline, stage(execution, from))
				: List.of();
		List<String> again = execution.stages()
			.stream()
			.map(StageDetail::id)
			.filter((stage) -> !takenOver.contains(stage))
			.toList();
		return new RestartPreview(id, execution.pipeline(), execution.number(), from, obstacle, takenOver, again);
	}

	/**
	 * Starts it again. What was refused is in the audit, too.
	 * @throws NotFoundException if there is no such execution
	 * @throws InvalidParameterException if it has no such stage
	 * @throws ConflictException if it cannot be started again now
	 */
	public StartedExecution start(RestartRequest request) {
		ExecutionDetail execution = execution(request.execution());
		stage(execution, request.from());
		try {
			return this.starter.start(new PlannedStart(execution.pipeline(), request.idempotencyKey(),
					"restart of " + request.execution() + " from " + request.from() + ", " + request.allowOlder(),
					() -> planned(request)));
		}
		catch (ProblemException ex) {
			this.audit.record(request.user(), "execution.restart", "execution:" + execution.id(), "refused",
					String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	private PlannedStart.Planned planned(RestartRequest request) {
		ExecutionDetail execution = execution(request.execution());
		Pipeline pipeline = pipeline(execution);
		String obstacle = obstacle(execution, pipeline);
		if (obstacle != null || pipeline == null) {
			throw new ConflictException(obstacle + ".");
		}
		List<TakenOver> stages = new ArrayList<>();
		for (String stage : takenOver(execution, pipeline, request.from())) {
			stages.add(new TakenOver(stage, outputs(execution, stage),
					this.bakes.find(execution.id(), stage).map(Bake::result).orElse(null)));
		}
		String title = execution.pipeline() + " #" + execution.number();
		ExecutionDetail.TriggerFacts trigger = execution.trigger();
		List<String> baked = stages.stream().filter((one) -> one.bake() != null).map(TakenOver::stage).toList();
		return new PlannedStart.Planned(execution.id(), execution.revisionId(), pipeline,
				this.executions.inventory(execution.id()), execution.parameters(), execution.artifacts(),
				new ReleaseRequest.Trigger(trigger.type(), request.user(), trigger.pushed(), trigger.facts()),
				new ExecutionPlan(null,
						new ReleaseKind.Restart(title, request.from(), Objects.requireNonNull(execution.bindings()),
								stages)),
				request.from(), this.executions.builtAt(execution.id()), request.allowOlder(), "execution.restart",
				"restart of " + title + " from " + request.from()
						+ (request.reason().isBlank() ? "" : ", " + request.reason()),
				(id) -> this.taken.takeOver(execution.id(), id, baked));
	}

	private static Map<String, String> outputs(ExecutionDetail execution, String stage) {
		return execution.stages()
			.stream()
			.filter((one) -> one.id().equals(stage))
			.findFirst()
			.map(StageDetail::outputs)
			.orElseThrow();
	}

	/**
	 * What had succeeded and does not need the stage. A bake whose manifests are not kept
	 * is done again.
	 */
	private List<String> takenOver(ExecutionDetail execution, Pipeline pipeline, String from) {
		Set<String> again = new LinkedHashSet<>(new StageGraph(pipeline).descendants(from));
		again.add(from);
		return execution.stages()
			.stream()
			.filter((stage) -> stage.status() == Status.SUCCEEDED && !again.contains(stage.id()))
			.map(StageDetail::id)
			.filter((stage) -> !(pipeline.stages().get(stage) instanceof Stage.Bake)
					|| this.bakes.find(execution.id(), stage).isPresent())
			.toList();
	}

	private static @Nullable String obstacle(ExecutionDetail execution, @Nullable Pipeline pipeline) {
		String title = execution.pipeline() + " #" + execution.number();
		if (!execution.status().ended()) {
			return title + " has not ended, it is " + execution.status();
		}
		if (execution.origin() != null && execution.origin().kind().equals("rollback")) {
			return title + " is a rollback; take " + execution.origin().pipeline() + " #" + execution.origin().number()
					+ " back again: what is in place already does not change";
		}
		if (execution.bindings() == null) {
			return "the images of " + title + " were never bound, so there is nothing to go on with: start the pipeline"
					+ " again";
		}
		return (pipeline == null) ? "the revision of " + title + " can no longer be read" : null;
	}

	private @Nullable Pipeline pipeline(ExecutionDetail execution) {
		return this.plans.asStarted(execution, this.executions.inventory(execution.id())).orElse(null);
	}

	private static String stage(ExecutionDetail execution, String from) {
		List<String> stages = execution.stages().stream().map(StageDetail::id).toList();
		if (!stages.contains(from)) {
			throw new InvalidParameterException("from",
					"'" + from + "' is no stage of the execution; it has " + String.join(", ", stages));
		}
		return from;
	}

	private ExecutionDetail execution(UUID id) {
		return this.executions.find(id).orElseThrow(() -> new NotFoundException("There is no execution " + id + "."));
	}

}
