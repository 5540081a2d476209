package io.gennaker.workflows.rollout;

import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ClusterEntry.RolloutReference;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster's rollout tells the journal.
 */
final class RolloutJournal {

	private final RolloutAssignment assignment;

	private final Journal journal;

	RolloutJournal(RolloutAssignment assignment) {
		this.assignment = assignment;
		this.journal = new Journal(assignment.sequence());
	}

	/**
	 * Tells of a step.
	 */
	void step(@Nullable String group, String message) {
		Restoration restores = this.assignment.restores();
		write(Status.RUNNING, group, (restores != null) ? restores.step(message) : numbered(message));
	}

	/**
	 * Tells for what it waits before anything is done.
	 */
	void waits(String message) {
		Restoration restores = this.assignment.restores();
		write(Status.WAITING, null, (restores != null) ? restores.step(message) : message);
	}

	/**
	 * Tells how it ended.
	 * @param summary what is there now, if it ended well
	 */
	void end(RolloutResult result, @Nullable String group, String summary) {
		Restoration restores = this.assignment.restores();
		if (restores != null) {
			write(restores.end(), group, restores.told(result));
		}
		else {
			write(result.status(), group, numbered((result.cause() != null) ? result.cause() : summary));
		}
	}

	private String numbered(String message) {
		int attempt = this.assignment.rollout().attempt();
		return (attempt > 1) ? "attempt " + attempt + ": " + message : message;
	}

	private void write(Status status, @Nullable String group, @Nullable String message) {
		RolloutRequest rollout = this.assignment.rollout();
		RolloutReference reference = new RolloutReference(rollout.namespace(), rollout.release(), rollout.bake(),
				rollout.manifests());
		this.journal
			.write(new ClusterEntry(rollout.executionId(), this.journal.next(), Journal.now(), rollout.stageId(),
					rollout.cluster().name(), this.assignment.wave(), status, group, message, reference));
	}

	void release() {
		RolloutRequest rollout = this.assignment.rollout();
		this.journal.write(new ReleaseEntry(rollout.executionId(), rollout.stageId(), Journal.now(),
				rollout.cluster().name(), rollout.namespace(), rollout.release(), rollout.bake(), rollout.manifests(),
				this.assignment.artifacts()));
	}

	boolean written() {
		return this.journal.written();
	}

}
