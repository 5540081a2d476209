package io.gennaker.workflows.journal;

import io.temporal.activity.ActivityInterface;

/**
 * Writes what happens to the service's database. Every call is idempotent: an entry that
 * was written already, or is older than what stands there, changes nothing. Served on the
 * central task queue.
 */
@ActivityInterface(namePrefix = "Journal")
public interface JournalActivities {

	void execution(ExecutionEntry entry);

	void stage(StageEntry entry);

	void cluster(ClusterEntry entry);

	/**
	 * Writes the entries of a deploy's clusters in one go, so that a deploy to hundreds
	 * of clusters does not fill its workflow's history.
	 */
	default void clusters(ClusterEntries entries) {
		entries.entries().forEach(this::cluster);
	}

	void release(ReleaseEntry entry);

}
