package io.gennaker.workflows.rollout;

import java.time.Duration;

import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;

/**
 * Takes one cluster to a release, see {@link ClusterRolloutWorkflow}. A cluster that does
 * not answer is tried again until the rollout's time-out; a refusal ends the rollout at
 * once. It journals each step itself, which keeps the history of the release's workflow
 * small, and has written everything when it ends.
 */
public final class ClusterRollout implements ClusterRolloutWorkflow {

	/** Of an attempt: a worker that was silent for longer is taken for dead. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(20);

	@Override
	public RolloutResult roll(RolloutAssignment assignment) {
		RolloutRequest rollout = assignment.rollout();
		RolloutJournal journal = new RolloutJournal(assignment);
		RolloutSteps steps = new RolloutSteps();
		RolloutResult result;
		try {
			walk(rollout, steps, journal);
			journal.release();
			result = new RolloutResult(rollout.cluster().name(), Status.SUCCEEDED, null);
		}
		catch (TemporalFailure failure) {
			boolean canceled = Words.tellsOfCancellation(failure);
			String cause = canceled ? steps.told("canceled") : steps.told(Words.of(failure));
			result = new RolloutResult(rollout.cluster().name(), canceled ? Status.CANCELED : Status.FAILED, cause);
		}
		journal.write(result.status(), steps.title(), (result.cause() != null) ? result.cause() : steps.summary());
		Workflow.newDetachedCancellationScope(() -> Workflow.await(journal::written)).run();
		return result;
	}

	private void walk(RolloutRequest rollout, RolloutSteps steps, RolloutJournal journal) {
		RolloutActivities activities = Workflow.newActivityStub(RolloutActivities.class, options(rollout));
		journal.write(Status.RUNNING, null, "reads the manifests");
		steps.take(activities.plan(rollout));
		for (RolloutPlan.Group group : steps.groups()) {
			GroupRequest request = new GroupRequest(rollout, group.index());
			journal.write(Status.RUNNING, group.title(), steps.applies(group));
			activities.apply(request);
			journal.write(Status.RUNNING, group.title(), steps.waitsForHealth(group));
			activities.awaitHealthy(request);
			steps.done(group);
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
