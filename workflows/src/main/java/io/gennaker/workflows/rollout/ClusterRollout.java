package io.gennaker.workflows.rollout;

import java.time.Duration;

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

	private void walk() {
		RolloutRequest held = this.rollout.holding(this.lock.hold(this.journal::waits));
		RolloutActivities activities = Workflow.newActivityStub(RolloutActivities.class, options(held));
		this.journal.step(null, "reads the manifests");
		this.steps.take(activities.plan(held));
		for (RolloutPlan.Group group : this.steps.groups()) {
			GroupRequest request = new GroupRequest(held, group.index());
			this.journal.step(group.title(), this.steps.applies(group));
			activities.apply(request);
			this.journal.step(group.title(), this.steps.waitsForHealth(group));
			activities.awaitHealthy(request);
			this.steps.done();
		}
	}

	/**
	 * The time-out spans all attempts, and the wait for a worker of the cluster's: there
	 * is no limit of its own for that. On cancellation the activity ends the object at
	 * hand before the rollout goes on to say what was done.
	 */
	private static ActivityOptions options(RolloutRequest rollout) {
		return ActivityOptions.newBuilder()
			.setScheduleToCloseTimeout(rollout.timeout())
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
