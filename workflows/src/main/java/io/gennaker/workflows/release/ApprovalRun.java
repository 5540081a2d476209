package io.gennaker.workflows.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.gate.GateOpening;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import org.jspecify.annotations.Nullable;

/**
 * An approval stage: a gate that waits until enough people approved, one rejected, or its
 * time is up. Decisions are weighed one by one in the order in which they came, and the
 * first that ends the gate wins.
 */
final class ApprovalRun {

	private final Stage.Approval stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	private final WorkflowLock turn = Workflow.newWorkflowLock();

	private final List<String> approvals = new ArrayList<>();

	private final @Nullable Instant deadline;

	private int weighing;

	private @Nullable GateVerdict verdict;

	private @Nullable String closed;

	ApprovalRun(Stage.Approval stage, StageStanding standing, ReleaseState state, CentralActivities activities) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.activities = activities;
		Duration timeout = stage.options().timeout();
		this.deadline = (timeout != null) ? Journal.now().plus(timeout) : null;
	}

	StageOutcome run() {
		tell();
		StageOutcome outcome;
		try {
			this.activities.gates()
				.open(new GateOpening(this.state.executionId(), this.stage, this.state.context(), ahead(),
						this.deadline));
			outcome = awaitVerdict();
		}
		catch (TemporalFailure failure) {
			close(Words.tellsOfCancellation(failure) ? "canceled" : Words.of(failure));
			throw failure;
		}
		close(String.valueOf(outcome.message()));
		return outcome;
	}

	/**
	 * The deploys that nobody reaches before the gate opens, in the file's order.
	 */
	private List<String> ahead() {
		Set<String> descendants = this.state.graph().descendants(this.stage.id());
		return this.state.stages()
			.stream()
			.filter((other) -> other.stage() instanceof Stage.Deploy)
			.map(StageStanding::id)
			.filter(descendants::contains)
			.toList();
	}

	private StageOutcome awaitVerdict() {
		if (this.deadline == null) {
			Workflow.await(() -> this.verdict != null);
		}
		else {
			Duration left = Duration.between(Journal.now(), this.deadline);
			boolean decided = left.isPositive() && Workflow.await(left, () -> this.verdict != null);
			if (!decided) {
				Workflow.await(() -> this.verdict != null || this.weighing == 0);
			}
		}
		GateVerdict last = this.verdict;
		if (last == null) {
			return StageOutcome.failed("timed out with " + this.approvals.size() + " of " + count());
		}
		return (last.outcome() == GateVerdict.Outcome.APPROVED)
				? StageOutcome.succeeded("approved by " + Words.of(this.approvals) + reason(last))
				: StageOutcome.failed("rejected by " + last.by() + reason(last));
	}

	private static String reason(GateVerdict verdict) {
		return verdict.reason().isBlank() ? "" : ": " + verdict.reason();
	}

	private void close(String how) {
		this.closed = how;
		Workflow
			.newDetachedCancellationScope(
					() -> this.activities.gates().close(this.state.executionId(), this.stage.id(), how))
			.run();
	}

	/**
	 * Changes nothing.
	 * @throws IllegalStateException if no decision is awaited any more
	 */
	void checkOpen() {
		String how = over();
		if (how != null) {
			throw new IllegalStateException("gate '" + this.stage.id() + "' is closed: " + how);
		}
	}

	private @Nullable String over() {
		GateVerdict last = this.verdict;
		if (last != null) {
			return last.outcome().name().toLowerCase(Locale.ROOT) + " by " + last.by() + reason(last);
		}
		if (this.closed == null && this.deadline != null && !Journal.now().isBefore(this.deadline)) {
			return "timed out";
		}
		return this.closed;
	}

	/**
	 * Has a decision weighed.
	 * @throws ApplicationFailure if the gate closed meanwhile or the decision does not
	 * count
	 */
	void decide(DecisionNotice notice) {
		this.weighing++;
		try {
			this.turn.lock();
			try {
				refuseWhenOver();
				GateVerdict found = this.activities.gates().weigh(this.state.executionId(), notice);
				refuseWhenOver();
				take(found);
			}
			finally {
				this.turn.unlock();
			}
		}
		finally {
			this.weighing--;
		}
	}

	private void refuseWhenOver() {
		String how = (this.verdict != null || this.closed != null) ? over() : null;
		if (how != null) {
			throw ApplicationFailure.newNonRetryableFailure("gate '" + this.stage.id() + "' is closed: " + how,
					"gate-closed");
		}
	}

	private void take(GateVerdict found) {
		switch (found.outcome()) {
			case APPROVED -> {
				this.approvals.add(found.by());
				this.verdict = found;
			}
			case REJECTED -> this.verdict = found;
			case MORE_NEEDED -> {
				if (!this.approvals.contains(found.by())) {
					this.approvals.add(found.by());
				}
				tell();
			}
			case REFUSED -> throw ApplicationFailure.newNonRetryableFailure(
					"the decision of " + found.by() + " does not count" + reason(found), "decision-refused");
		}
	}

	private void tell() {
		String count = this.approvals.isEmpty() ? "waits for " + approvalsNeeded()
				: this.approvals.size() + " of " + approvalsNeeded() + ", by " + Words.of(this.approvals);
		String end = (this.deadline != null) ? "; until " + Words.of(this.deadline) : "";
		this.state.change(this.standing, Status.WAITING, count + end, this.deadline);
	}

	private String count() {
		return (this.stage.count() == 1) ? "1 approval" : this.stage.count() + " approvals";
	}

	private String approvalsNeeded() {
		String count = count();
		List<String> approvers = new ArrayList<>(this.stage.approvers().groups());
		approvers.addAll(this.stage.approvers().users());
		return approvers.isEmpty() || !this.approvals.isEmpty() ? count : count + " from " + Words.of(approvers);
	}

}
