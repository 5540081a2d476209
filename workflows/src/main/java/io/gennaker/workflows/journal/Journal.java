package io.gennaker.workflows.journal;

import java.time.Duration;
import java.time.Instant;

import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.slf4j.Logger;

/**
 * A workflow's side of the journal; workflow code only. Entries are written side by side
 * with the work that they tell of, which does not wait for them: their growing sequence
 * tells which is newer. Cancellation never touches them. Before it ends, a workflow
 * awaits {@link #written()}.
 */
public final class Journal {

	private static final Logger log = Workflow.getLogger(Journal.class);

	/** Without limit: what happened must be told, however long the database is away. */
	private static final ActivityOptions OPTIONS = ActivityOptions.newBuilder()
		.setTaskQueue(TaskQueues.CENTRAL)
		.setStartToCloseTimeout(Duration.ofSeconds(30))
		.setRetryOptions(RetryOptions.newBuilder()
			.setInitialInterval(Duration.ofSeconds(1))
			.setBackoffCoefficient(2)
			.setMaximumInterval(Duration.ofSeconds(10))
			.build())
		.build();

	private final JournalActivities activities = Workflow.newActivityStub(JournalActivities.class, OPTIONS);

	private long sequence;

	private int unwritten;

	/**
	 * A journal whose first entry has the given sequence.
	 */
	public Journal(long firstSequence) {
		this.sequence = firstSequence;
	}

	/**
	 * The sequence of the next entry.
	 */
	public long next() {
		return this.sequence++;
	}

	/**
	 * Sets sequences aside for another workflow that tells of the same thing from now on;
	 * entries written here later are newer than all of these.
	 * @return the first of them
	 */
	public long setAside(int count) {
		long first = this.sequence;
		this.sequence += count;
		return first;
	}

	/**
	 * Now, by the workflow's clock.
	 */
	public static Instant now() {
		return Instant.ofEpochMilli(Workflow.currentTimeMillis());
	}

	public void write(ExecutionEntry entry) {
		write(() -> this.activities.execution(entry));
	}

	public void write(StageEntry entry) {
		write(() -> this.activities.stage(entry));
	}

	public void write(ClusterEntry entry) {
		write(() -> this.activities.cluster(entry));
	}

	public void write(ClusterEntries entries) {
		if (!entries.entries().isEmpty()) {
			write(() -> this.activities.clusters(entries));
		}
	}

	public void write(ReleaseEntry entry) {
		write(() -> this.activities.release(entry));
	}

	private void write(Functions.Proc call) {
		this.unwritten++;
		Workflow.newDetachedCancellationScope(() -> settle(Async.procedure(call))).run();
	}

	private void settle(Promise<Void> writing) {
		writing.handle((done, failure) -> {
			this.unwritten--;
			if (failure != null) {
				log.error("A journal entry was refused for good and is lost", failure);
			}
			return done;
		});
	}

	/**
	 * Whether every entry so far is written. A condition to await.
	 */
	public boolean written() {
		return this.unwritten == 0;
	}

}
