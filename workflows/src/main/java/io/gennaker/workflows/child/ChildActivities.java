package io.gennaker.workflows.child;

import io.temporal.activity.ActivityInterface;

/**
 * Starts and follows executions of other pipelines. Served on the central task queue.
 */
@ActivityInterface(namePrefix = "Child")
public interface ChildActivities {

	/**
	 * Starts an execution; the same one, however often it is asked for the same stage.
	 * Fails permanently ({@link io.gennaker.workflows.release.Failures#START_REFUSED})
	 * where the pipeline is unknown, its parameters do not fit, or pipelines would start
	 * each other without end.
	 */
	ChildExecution start(ChildRequest request);

	/**
	 * Returns when an execution has ended. Heartbeats.
	 */
	ChildEnd await(ChildExecution child);

	/**
	 * Cancels an execution; one that has ended already is left as it is.
	 */
	void cancel(ChildCancellation cancellation);

}
