package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.child.ChildActivities;
import io.gennaker.workflows.child.ChildCancellation;
import io.gennaker.workflows.child.ChildEnd;
import io.gennaker.workflows.child.ChildExecution;
import io.gennaker.workflows.child.ChildRequest;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;

/**
 * A stage that is an execution of another pipeline. Canceling the one cancels the other.
 */
final class ChildRun {

	/** An execution may wait for people, and its stage then waits with it. */
	private static final Duration LONGEST = Duration.ofDays(366);

	/** How long a canceled stage waits for the other execution to end. */
	private static final Duration GRACE = Duration.ofMinutes(5);

	private final Stage.ChildPipeline stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	private final StageRun run;

	ChildRun(Stage.ChildPipeline stage, StageStanding standing, ReleaseState state, CentralActivities activities,
			StageRun run) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.activities = activities;
		this.run = run;
	}

	StageOutcome run() {
		this.state.change(this.standing, Status.RUNNING, "starts " + this.stage.pipeline(), null);
		ChildExecution child = start();
		Map<String, String> outputs = Map.of("execution", child.id(), "number", String.valueOf(child.number()));
		this.standing.leave(outputs);
		try {
			// a cancellation that came while it was started is heard here
			CancellationScope.throwCanceled();
			if (!this.stage.await()) {
				return StageOutcome.succeeded("started " + child.title(), outputs);
			}
			this.state.change(this.standing, Status.RUNNING, "waits for " + child.title(), null);
			return outcome(child, this.activities.longRunning(ChildActivities.class, LONGEST).await(child), outputs);
		}
		catch (TemporalFailure failure) {
			if (!Words.tellsOfCancellation(failure)) {
				throw failure;
			}
			Workflow.newDetachedCancellationScope(() -> passOn(child)).run();
			return new StageOutcome(Status.CANCELED, "passed on to " + child.title(), outputs);
		}
	}

	/**
	 * Out of reach of the stage's cancellation: an execution that was started and is not
	 * known could not be canceled.
	 */
	private ChildExecution start() {
		ReleaseRequest request = this.state.request();
		ChildRequest asked = new ChildRequest(request.executionId(), request.pipeline().name(),
				request.trigger().facts().getOrDefault(ChildRequest.ANCESTRY, ""), request.trigger().user(), this.stage,
				this.state.bindings().common(), this.state.context());
		ChildExecution[] started = new ChildExecution[1];
		Workflow
			.newDetachedCancellationScope(
					() -> started[0] = this.activities.longRunning(ChildActivities.class, LONGEST).start(asked))
			.run();
		return started[0];
	}

	private StageOutcome outcome(ChildExecution child, ChildEnd end, Map<String, String> outputs) {
		String told = Words.because(child.title() + " ended as " + end.status(), end.message());
		return new StageOutcome((end.status() == Status.SUCCEEDED) ? Status.SUCCEEDED : Status.FAILED, told, outputs);
	}

	private void passOn(ChildExecution child) {
		String reason = Objects.requireNonNullElse(this.run.interruption(), "canceled");
		ChildActivities children = this.activities.longRunning(ChildActivities.class, GRACE);
		try {
			children.cancel(new ChildCancellation(child, this.state.request().trigger().user(),
					this.state.request().pipeline().name() + " #" + this.state.request().number() + ": " + reason));
			children.await(child);
		}
		catch (TemporalFailure failure) {
			this.state.change(this.standing, Status.RUNNING,
					"could not cancel " + child.title() + ": " + Words.of(failure), null);
		}
	}

}
