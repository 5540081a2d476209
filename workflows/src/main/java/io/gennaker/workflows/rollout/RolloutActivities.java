package io.gennaker.workflows.rollout;

import io.temporal.activity.ActivityInterface;

/**
 * What is done to one cluster. Served on that cluster's own task queue.
 */
@ActivityInterface(namePrefix = "Rollout")
public interface RolloutActivities {

	/**
	 * Reads the manifests, divides them into groups, and finds what the release no longer
	 * has. Fails permanently where the order names a component that no object belongs to,
	 * or where an object exists and is not the release's to change. Also journals every
	 * object as pending, so that people see what is to come.
	 */
	RolloutPlan plan(RolloutRequest request);

	/**
	 * Applies a group's objects by server-side apply, in a safe order of kinds. Repeating
	 * it is harmless. Heartbeats after every object; on cancellation it finishes the
	 * object at hand and stops. An object that the API server refuses fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#ROLLOUT_REFUSED}) with the server's
	 * words, what was applied and what was not; a cluster that does not answer is
	 * retried.
	 */
	GroupResult apply(GroupRequest request);

	/**
	 * Watches a group's objects until all are healthy. Fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#UNHEALTHY}) as soon as it is clear
	 * that one will not become so, with the pods' reasons and last log lines.
	 */
	GroupResult awaitHealthy(GroupRequest request);

	/**
	 * Deletes what the release no longer has, each object only where it still is the one
	 * that was planned to go, and waits until it is gone. Heartbeats after every object.
	 * A refused deletion fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#ROLLOUT_REFUSED}).
	 */
	PruneResult prune(PruneRequest request);

}
