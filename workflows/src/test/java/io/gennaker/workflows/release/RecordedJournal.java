package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;

/**
 * A journal in memory, in which the newest entry is the one with the highest sequence.
 */
final class RecordedJournal implements JournalActivities {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<ExecutionEntry> executions = new ArrayList<>();

	private final List<StageEntry> stages = new ArrayList<>();

	private final List<ClusterEntry> clusters = new ArrayList<>();

	private final List<ReleaseEntry> releases = new ArrayList<>();

	@Override
	public synchronized void execution(ExecutionEntry entry) {
		this.executions.add(entry);
		notifyAll();
	}

	@Override
	public synchronized void stage(StageEntry entry) {
		this.stages.add(entry);
		notifyAll();
	}

	@Override
	public synchronized void cluster(ClusterEntry entry) {
		this.clusters.add(entry);
		notifyAll();
	}

	@Override
	public synchronized void release(ReleaseEntry entry) {
		this.releases.add(entry);
		notifyAll();
	}

	synchronized List<ExecutionEntry> executions() {
		return this.executions.stream().sorted(Comparator.comparingLong(ExecutionEntry::sequence)).toList();
	}

	synchronized List<StageEntry> stages(String id) {
		return this.stages.stream()
			.filter((entry) -> entry.stageId().equals(id))
			.sorted(Comparator.comparingLong(StageEntry::sequence))
			.toList();
	}

	synchronized List<ClusterEntry> clusters(String stage, String cluster) {
		return this.clusters.stream()
			.filter((entry) -> entry.stageId().equals(stage) && entry.cluster().equals(cluster))
			.sorted(Comparator.comparingLong(ClusterEntry::sequence))
			.toList();
	}

	synchronized List<ReleaseEntry> releases() {
		return List.copyOf(this.releases);
	}

	synchronized List<Long> sequences() {
		List<Long> all = new ArrayList<>();
		this.executions.forEach((entry) -> all.add(entry.sequence()));
		this.stages.forEach((entry) -> all.add(entry.sequence()));
		this.clusters.forEach((entry) -> all.add(entry.sequence()));
		return all;
	}

	StageEntry stage(String id) {
		return stages(id).getLast();
	}

	ClusterEntry cluster(String stage, String cluster) {
		return clusters(stage, cluster).getLast();
	}

	ExecutionEntry execution() {
		return executions().getLast();
	}

	StageEntry awaitStage(String id, Status status) {
		return awaitStage(id, (entry) -> entry.status() == status);
	}

	StageEntry awaitStage(String id, Predicate<StageEntry> wanted) {
		return await(() -> stages(id).stream().filter(wanted).findFirst(), "an entry of stage " + id);
	}

	ClusterEntry awaitCluster(String stage, String cluster, Predicate<ClusterEntry> wanted) {
		return await(() -> clusters(stage, cluster).stream().filter(wanted).findFirst(), "an entry of " + cluster);
	}

	ExecutionEntry awaitExecution(Status status) {
		return await(() -> executions().stream().filter((entry) -> entry.status() == status).findFirst(),
				"the execution as " + status);
	}

	private synchronized <T> T await(java.util.function.Supplier<Optional<T>> wanted, String what) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			Optional<T> found = wanted.get();
			if (found.isPresent()) {
				return found.get();
			}
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (left <= 0) {
				throw new AssertionError("no " + what + " within " + PATIENCE + "; there are " + this.executions + " "
						+ this.stages + " " + this.clusters);
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError(ex);
			}
		}
	}

}
