package io.gennaker.workflows.lock;

import io.temporal.activity.ActivityInterface;

/**
 * Gives places to one execution at a time, in the order in which they asked. A place is a
 * cluster, a namespace and a release's name. Served on the central task queue.
 */
@ActivityInterface(namePrefix = "Lock")
public interface LockActivities {

	/**
	 * Asks for a place. The first call takes a ticket, which every further one keeps; a
	 * holder that asks again gets what it has. Answers at once, unless the place is still
	 * held by the one that the claim has seen there: then it fails in a way that is
	 * retried, so that a wait of any length adds nothing to the workflow's history.
	 * Whatever was held by an execution that has ended is free. Fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#OLDER_BUILD}) where something newer
	 * runs in the place than the claim brings, and nobody allowed that.
	 */
	LockAnswer acquire(LockClaim claim);

	/**
	 * Gives back a place or a ticket for it. One that is not there any more is fine.
	 */
	void release(LockClaim claim);

}
