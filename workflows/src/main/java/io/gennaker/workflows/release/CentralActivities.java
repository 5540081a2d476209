package io.gennaker.workflows.release;

import java.time.Duration;

import io.gennaker.workflows.bake.BakeActivities;
import io.gennaker.workflows.binding.BindingActivities;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.rollback.RollbackActivities;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;

/**
 * What a release asks of the central service. What fails for good is one of
 * {@link Failures}; all else is tried again until it works, or the stage's time-out.
 */
final class CentralActivities {

	private final BindingActivities binding = Workflow.newActivityStub(BindingActivities.class,
			within(Duration.ofMinutes(2)));

	private final BakeActivities bake = Workflow.newActivityStub(BakeActivities.class,
			within(Duration.ofMinutes(10)).toBuilder().setHeartbeatTimeout(Duration.ofSeconds(30)).build());

	private final ConditionActivities conditions = Workflow.newActivityStub(ConditionActivities.class,
			within(Duration.ofSeconds(30)));

	private final RollbackActivities rollback = Workflow.newActivityStub(RollbackActivities.class,
			within(Duration.ofSeconds(30)));

	private final GateActivities gates = Workflow.newActivityStub(GateActivities.class, within(Duration.ofSeconds(30)));

	BindingActivities binding() {
		return this.binding;
	}

	BakeActivities bake() {
		return this.bake;
	}

	ConditionActivities conditions() {
		return this.conditions;
	}

	RollbackActivities rollback() {
		return this.rollback;
	}

	GateActivities gates() {
		return this.gates;
	}

	/**
	 * Activities that last, and heartbeat while they do.
	 * @param timeout with all attempts
	 */
	<T> T longRunning(Class<T> type, Duration timeout) {
		return Workflow.newActivityStub(type,
				within(timeout).toBuilder()
					.setScheduleToCloseTimeout(timeout)
					.setHeartbeatTimeout(Duration.ofSeconds(20))
					.setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
					.build());
	}

	private static ActivityOptions within(Duration attempt) {
		return ActivityOptions.newBuilder()
			.setTaskQueue(TaskQueues.CENTRAL)
			.setStartToCloseTimeout(attempt)
			.setRetryOptions(RetryOptions.newBuilder()
				.setInitialInterval(Duration.ofSeconds(1))
				.setBackoffCoefficient(2)
				.setMaximumInterval(Duration.ofSeconds(30))
				.build())
			.build();
	}

}
