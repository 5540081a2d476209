package io.gennaker.workflows.rollback;

import io.temporal.activity.ActivityInterface;

/**
 * Knows what ran before. Served on the central task queue.
 */
@ActivityInterface(namePrefix = "Rollback")
public interface RollbackActivities {

	/**
	 * What ran in a place before an execution changed it.
	 * @return the newest release there of another execution; an empty one where nothing
	 * ran
	 */
	RollbackPoint before(RollbackQuestion question);

	/**
	 * What ran in a place before what runs there now, whichever execution left that.
	 * @return the newest release there with other manifests; an empty one where there is
	 * none
	 */
	RollbackPoint previous(RollbackQuestion question);

}
