package io.gennaker.web.execution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.pipeline.PipelineDetail;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.workflows.child.ChildActivities;
import io.gennaker.workflows.child.ChildCancellation;
import io.gennaker.workflows.child.ChildEnd;
import io.gennaker.workflows.child.ChildExecution;
import io.gennaker.workflows.child.ChildRequest;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.release.ReleaseRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Executions that are stages of others. Each is an execution like any other, started in
 * the name of whoever started the outermost one: that person's own gates stay closed to
 * them there as well.
 */
@Component
class ChildExecutions implements ChildActivities {

	/** Pipelines that start each other, the outermost one with them. */
	private static final int DEEPEST = 5;

	/** How often the projection is asked for an end. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	private final ExecutionStarter starter;

	private final ExecutionReads executions;

	private final ExecutionSteering steering;

	private final PipelineReads pipelines;

	private final Expressions expressions;

	ChildExecutions(ExecutionStarter starter, ExecutionReads executions, ExecutionSteering steering,
			PipelineReads pipelines, Expressions expressions) {
		this.starter = starter;
		this.executions = executions;
		this.steering = steering;
		this.pipelines = pipelines;
		this.expressions = expressions;
	}

	@Override
	public ChildExecution start(ChildRequest request) {
		Stage.ChildPipeline stage = request.stage();
		String ancestry = request.ancestry().isEmpty() ? request.pipeline()
				: request.ancestry() + "/" + request.pipeline();
		List<String> before = List.of(ancestry.split("/"));
		if (before.contains(stage.pipeline())) {
			throw refused("%s started %s already: pipelines that start each other would never end"
				.formatted(String.join(" → ", before), stage.pipeline()));
		}
		if (before.size() >= DEEPEST) {
			throw refused("%s are %d pipelines that started each other; no more may follow"
				.formatted(String.join(" → ", before), before.size()));
		}
		Map<String, String> facts = Map.of(ChildRequest.PARENT, request.executionId(), ChildRequest.ANCESTRY, ancestry);
		try {
			StartedExecution started = this.starter
				.start(new StartRequest(stage.pipeline(), parameters(request), artifacts(request),
						new ReleaseRequest.Trigger(ChildRequest.TRIGGER, request.user(), List.of(), facts),
						request.executionId() + "/" + stage.id()));
			return new ChildExecution(started.id().toString(), started.pipeline(), started.number());
		}
		catch (StartRefusedException ex) {
			throw refused(String.valueOf(ex.getMessage()));
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAD_EXPRESSION);
		}
	}

	private static ApplicationFailure refused(String words) {
		return ApplicationFailure.newNonRetryableFailure(words, Failures.START_REFUSED);
	}

	private Map<String, @Nullable Object> parameters(ChildRequest request) {
		Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
		request.stage()
			.parameters()
			.forEach((name, value) -> parameters.put(name,
					(value instanceof List<?> list) ? list.stream()
						.map((item) -> this.expressions.text(String.valueOf(item), request.context()))
						.toList() : this.expressions.value(value, request.context())));
		return parameters;
	}

	private Map<String, String> artifacts(ChildRequest request) {
		Map<String, String> artifacts = new LinkedHashMap<>();
		if (request.stage().allArtifacts()) {
			Pipeline child = pipeline(request.stage().pipeline());
			request.artifacts().forEach((component, bound) -> {
				if (child != null && child.artifacts().containsKey(component)) {
					artifacts.put(component, bound.digest());
				}
			});
		}
		request.stage()
			.artifacts()
			.forEach((component, reference) -> artifacts.put(component,
					this.expressions.text(reference, request.context())));
		return artifacts;
	}

	/** Null where it cannot be read; its start then says why. */
	private @Nullable Pipeline pipeline(String name) {
		Optional<ReadResult> reading = this.pipelines.find(name).map(PipelineDetail::reading);
		return (reading.orElse(null) instanceof ReadResult.Valid(Pipeline pipeline)) ? pipeline : null;
	}

	@Override
	public ChildEnd await(ChildExecution child) {
		ActivityExecutionContext activity = Activity.getExecutionContext();
		UUID id = UUID.fromString(child.id());
		try {
			while (true) {
				ExecutionDetail execution = this.executions.find(id)
					.orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(child.title() + " is no longer kept",
							Failures.START_REFUSED));
				if (execution.status().ended()) {
					return new ChildEnd(execution.status(), execution.message());
				}
				activity.heartbeat(child.title());
				activity.getCancellationToken().throwIfCancellationRequested();
				new CountDownLatch(1).await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The worker is shutting down; another one goes on", ex);
		}
	}

	@Override
	public void cancel(ChildCancellation cancellation) {
		try {
			this.steering.steer(UUID.fromString(cancellation.child().id()), ReleaseEngine.Steer.CANCEL,
					cancellation.user(), cancellation.reason());
		}
		catch (ConflictException | NotFoundException ex) {
			// it has ended by itself, which is as well
			return;
		}
	}

}
