package io.gennaker.workflows.operation;

import io.temporal.activity.ActivityInterface;

/**
 * Does something to objects in one cluster. Served on that cluster's own task queue.
 */
@ActivityInterface(namePrefix = "Operation")
public interface OperationActivities {

	/**
	 * Does it and waits until it is done: pods are ready, a Job has ended, objects are
	 * gone. Repeating it after the loss of a worker does nothing twice. Heartbeats; on
	 * cancellation it stops waiting, and takes a running Job away.
	 * <p>
	 * What the API server refuses fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#ROLLOUT_REFUSED}), as does what will
	 * not become healthy ({@link io.gennaker.workflows.release.Failures#UNHEALTHY}) and a
	 * condition that did not come true
	 * ({@link io.gennaker.workflows.release.Failures#CHECK_FAILED}). A cluster that does
	 * not answer is retried.
	 */
	OperationResult operate(OperationRequest request);

}
