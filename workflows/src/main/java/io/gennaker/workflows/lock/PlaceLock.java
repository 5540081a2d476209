package io.gennaker.workflows.lock;

import java.time.Duration;
import java.util.function.Consumer;

import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;

/**
 * A workflow's side of the lock of one place; workflow code only. Histories of before
 * there were locks go on without one.
 */
public final class PlaceLock {

	private static final String CHANGE = "place-lock";

	private static final ActivityOptions OPTIONS = ActivityOptions.newBuilder()
		.setTaskQueue(TaskQueues.CENTRAL)
		.setStartToCloseTimeout(Duration.ofSeconds(30))
		.setRetryOptions(RetryOptions.newBuilder()
			.setInitialInterval(Duration.ofSeconds(1))
			.setBackoffCoefficient(1.5)
			.setMaximumInterval(Duration.ofSeconds(5))
			.build())
		.build();

	private final LockActivities activities = Workflow.newActivityStub(LockActivities.class, OPTIONS);

	private final LockClaim claim;

	private boolean claimed;

	private boolean held;

	public PlaceLock(LockClaim claim) {
		this.claim = claim;
	}

	/**
	 * Waits for the place.
	 * @param waits told whenever it waits for another
	 * @return the fencing token; 0 in a history of before there were locks
	 */
	public long hold(Consumer<String> waits) {
		if (Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
			return 0;
		}
		this.claimed = true;
		LockAnswer answer = this.activities.acquire(this.claim);
		while (!answer.held()) {
			waits.accept(String.valueOf(answer.waits()));
			answer = this.activities.acquire(this.claim.seeing(answer.token()));
		}
		this.held = true;
		return answer.token();
	}

	/**
	 * Whether it holds the place.
	 */
	public boolean held() {
		return this.held;
	}

	/**
	 * Gives back what was asked for.
	 */
	public void letGo() {
		if (this.claimed) {
			this.activities.release(this.claim);
		}
	}

	/**
	 * Gives back a place that another workflow of the same stage has kept.
	 */
	public static void letGo(LockClaim claim) {
		if (Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
			Workflow.newActivityStub(LockActivities.class, OPTIONS).release(claim);
		}
	}

}
