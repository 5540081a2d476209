package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * One stage under way, from its condition to its end, in a scope of its own that its
 * time-out, a person or the failure of another stage may cancel.
 */
final class StageRun {

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	private final Rollbacks rollbacks;

	private final Consumer<StageStanding> whenEnded;

	private final CancellationScope scope;

	private @Nullable Promise<Void> completion;

	private @Nullable ApprovalRun gate;

	private @Nullable DeployRun deploy;

	private @Nullable String interruption;

	private boolean timedOut;

	StageRun(StageStanding standing, ReleaseState state, CentralActivities activities, Rollbacks rollbacks,
			Consumer<StageStanding> whenEnded) {
		this.standing = standing;
		this.state = state;
		this.activities = activities;
		this.rollbacks = rollbacks;
		this.whenEnded = whenEnded;
		this.scope = Workflow.newCancellationScope(() -> this.completion = Async.procedure(this::run));
	}

	void start() {
		this.scope.run();
	}

	/**
	 * Ends what is under way; it then says what was and was not done.
	 */
	void interrupt(String reason) {
		if (this.interruption == null && !this.standing.status().ended()) {
			this.interruption = reason;
			this.scope.cancel(reason);
		}
	}

	/**
	 * Why it was ended early; null while nobody did.
	 */
	@Nullable String interruption() {
		return this.interruption;
	}

	/**
	 * Whether it was ended by its own time-out.
	 */
	boolean timedOut() {
		return this.timedOut;
	}

	@Nullable ApprovalRun gate() {
		return this.gate;
	}

	@Nullable DeployRun deploy() {
		return this.deploy;
	}

	/**
	 * Whether it met an exception that no stage may end with: a defect of ours, for which
	 * the workflow's task is tried again until the code is mended.
	 */
	boolean hasDefect() {
		return this.completion != null && this.completion.isCompleted() && this.completion.getFailure() != null;
	}

	void rethrowDefect() {
		if (hasDefect() && this.completion != null) {
			this.completion.get();
		}
	}

	private void run() {
		this.state.end(this.standing, outcome());
		this.whenEnded.accept(this.standing);
	}

	private StageOutcome outcome() {
		StageOutcome outcome;
		try {
			outcome = holds() ? act(this.standing.stage())
					: StageOutcome.skipped("its condition does not hold: " + this.standing.stage().options().when());
		}
		catch (TemporalFailure failure) {
			outcome = Words.tellsOfCancellation(failure) ? StageOutcome.canceled(null)
					: StageOutcome.failed(Words.of(failure));
		}
		if (outcome.status() != Status.CANCELED || this.interruption == null) {
			return outcome;
		}
		String told = (outcome.message() != null) ? this.interruption + ". " + outcome.message() : this.interruption;
		return this.timedOut ? StageOutcome.failed(told) : StageOutcome.canceled(told);
	}

	private boolean holds() {
		String when = this.standing.stage().options().when();
		return when == null || this.activities.conditions().holds(when, this.state.context());
	}

	private StageOutcome act(Stage stage) {
		return switch (stage) {
			case Stage.Bake bake -> inTime(new BakeRun(bake, this.standing, this.state, this.activities)::run);
			case Stage.Deploy rollout -> inTime(deployed(rollout)::run);
			case Stage.Wait wait -> inTime(new WaitRun(wait, this.standing, this.state)::run);
			case Stage.Operation operation -> inTime(new OperationRun(operation, this.standing, this.state)::run);
			case Stage.Webhook webhook ->
				inTime(new WebhookRun(webhook, this.standing, this.state, this.activities)::run);
			case Stage.ChildPipeline child ->
				inTime(new ChildRun(child, this.standing, this.state, this.activities, this)::run);
			case Stage.Undo undo -> inTime(new UndoRun(undo, this.standing, this.state, this.activities, this)::run);
			case Stage.Approval approval ->
				decided(new ApprovalRun(approval, this.standing, this.state, this.activities));
		};
	}

	/**
	 * A gate minds its time-out itself: a decision that is being weighed when the time is
	 * up still counts.
	 */
	private StageOutcome decided(ApprovalRun run) {
		this.gate = run;
		return run.run();
	}

	private DeployRun deployed(Stage.Deploy stage) {
		DeployRun run = new DeployRun(stage, this.standing, this.state, this.rollbacks, this);
		this.deploy = run;
		return run;
	}

	private StageOutcome inTime(Supplier<StageOutcome> work) {
		Duration timeout = this.standing.stage().options().timeout();
		if (timeout == null) {
			return work.get();
		}
		CancellationScope clock = Workflow.newCancellationScope(() -> watch(Workflow.newTimer(timeout), timeout));
		clock.run();
		StageOutcome outcome = work.get();
		clock.cancel();
		return outcome;
	}

	private void watch(Promise<Void> timer, Duration timeout) {
		timer.handle((rung, stopped) -> {
			if (stopped == null && this.interruption == null) {
				this.timedOut = true;
				interrupt("timed out after " + Words.of(timeout));
			}
			return rung;
		});
	}

}
