package io.gennaker.workflows.journal;

/**
 * Where an execution, a stage or a cluster's rollout stands.
 */
public enum Status {

	/** It has not started. */
	PENDING,
	/** It is under way. */
	RUNNING,
	/** It waits for a gate, a time, a lock or its turn. */
	WAITING,
	/** A person has paused it. */
	PAUSED,
	/** It ended well. */
	SUCCEEDED,
	/** It ended badly. */
	FAILED,
	/** A person, or the failure of another, ended it. */
	CANCELED,
	/** It was not needed. */
	SKIPPED;

	/**
	 * Whether nothing will change it any more.
	 */
	public boolean ended() {
		return switch (this) {
			case PENDING, RUNNING, WAITING, PAUSED -> false;
			case SUCCEEDED, FAILED, CANCELED, SKIPPED -> true;
		};
	}

}
