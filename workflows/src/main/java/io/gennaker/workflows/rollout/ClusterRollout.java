package io.gennaker.workflows.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.lock.PlaceLock;
import io.gennaker.workflows.temporal.Words;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/**
 * Takes one cluster to a release, see {@link ClusterRolloutWorkflow}. A cluster that does
 * not answer is tried again until the rollout's time-out; a refusal ends the rollout at
 * once. It journals each step itself, which keeps the history of the release's workflow
 * small, and has written everything when it ends.
 */
public final class ClusterRollout implements ClusterRolloutWorkflow {

	/** Of an attempt: a worker that was silent for longer is taken for dead. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(20);

	private final RolloutRequest rollout;

	private final PlaceLock lock;

	private final RolloutJournal journal;

	private final RolloutSteps steps = new RolloutSteps();

	private final CancellationScope work = Workflow.newCancellationScope(this::walk);

	private String stopped = "canceled";

	private @Nullable CancellationScope atHand;

	private boolean again;

	/**
	 * Made before any signal arrives.
	 */
	@WorkflowInit
	public ClusterRollout(RolloutAssignment assignment) {
		this.rollout = assignment.rollout();
		this.lock = new PlaceLock(assignment.claim());
		this.journal = new RolloutJournal(assignment);
	}

	@Override
	public RolloutResult roll(RolloutAssignment assignment) {
		String cluster = this.rollout.cluster().name();
		RolloutResult result;
		try {
			this.work.run();
			this.journal.release();
			result = new RolloutResult(cluster, Status.SUCCEEDED, null);
		}
		catch (TemporalFailure failure) {
			result = Words.tellsOfCancellation(failure)
					? new RolloutResult(cluster, Status.CANCELED, this.steps.told(this.stopped))
					: new RolloutResult(cluster, Status.FAILED, this.steps.told(Words.of(failure)));
		}
		this.journal.end(result, this.steps.title(), this.steps.summary());
		boolean keeps = assignment.keepsPlace() && this.lock.held() && result.status() != Status.SUCCEEDED;
		Workflow.newDetachedCancellationScope(() -> leave(keeps)).run();
		return result;
	}

	/**
	 * Lets others in once all is told: whoever comes next must see what runs.
	 */
	private void leave(boolean keeps) {
		Workflow.await(this.journal::written);
		if (!keeps) {
			this.lock.letGo();
		}
	}

	@Override
	public void stop(String reason) {
		this.stopped = reason;
		this.work.cancel(reason);
	}

	@Override
	public void tryNow() {
		CancellationScope scope = this.atHand;
		if (scope != null && !this.work.isCancelRequested()) {
			this.again = true;
			scope.cancel("tried again at once");
		}
	}

	private void walk() {
		RolloutRequest held = this.rollout.holding(this.lock.hold(this.journal::waits));
		this.journal.step(null, "reads the manifests");
		RolloutPlan plan = persist((activities) -> activities.plan(held));
		this.steps.take(plan);
		for (RolloutPlan.Group group : this.steps.groups()) {
			GroupRequest request = new GroupRequest(held, group.index(), plan.occasion());
			this.journal.step(group.title(), this.steps.applies(group));
			persist((activities) -> activities.apply(request));
			this.journal.step(group.title(), this.steps.waitsForHealth(group));
			persist((activities) -> activities.awaitHealthy(request));
			this.steps.done();
		}
		if (!plan.obsolete().isEmpty()) {
			this.journal.step(null, this.steps.prunes());
			PruneRequest request = new PruneRequest(held, plan.obsolete());
			this.steps.pruned(persist((activities) -> activities.prune(request)));
		}
	}

	/**
	 * Has a step done. Temporal tries it again while the cluster does not answer; when a
	 * person wants it tried at once, it is begun anew, with the time that is left.
	 */
	private <R> R persist(Function<RolloutActivities, R> step) {
		Instant end = Journal.now().plus(this.rollout.timeout());
		Duration left = this.rollout.timeout();
		while (true) {
			this.again = false;
			RolloutActivities activities = Workflow.newActivityStub(RolloutActivities.class, options(left));
			List<R> result = new ArrayList<>();
			CancellationScope scope = Workflow.newCancellationScope(() -> result.add(step.apply(activities)));
			this.atHand = scope;
			try {
				scope.run();
				return result.getFirst();
			}
			catch (TemporalFailure failure) {
				left = Duration.between(Journal.now(), end);
				if (!this.again || !Words.tellsOfCancellation(failure) || this.work.isCancelRequested()
						|| !left.isPositive()) {
					throw failure;
				}
			}
			finally {
				this.atHand = null;
			}
		}
	}

	/**
	 * The time-out spans all attempts, and the wait for a worker of the cluster's: there
	 * is no limit of its own for that. On cancellation the activity ends the object at
	 * hand before the rollout goes on to say what was done.
	 */
	private static ActivityOptions options(Duration timeout) {
		return ActivityOptions.newBuilder()
			.setScheduleToCloseTimeout(timeout)
			.setHeartbeatTimeout(HEARTBEAT)
			.setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
			.setRetryOptions(RetryOptions.newBuilder()
				.setInitialInterval(Duration.ofSeconds(1))
				.setBackoffCoefficient(2)
				.setMaximumInterval(Duration.ofSeconds(30))
				.build())
			.build();
	}

}
