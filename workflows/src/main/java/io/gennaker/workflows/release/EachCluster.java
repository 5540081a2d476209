package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.workflows.journal.ClusterEntries;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing in each cluster of a target, so many at a time, and tells the journal of
 * each. When one has failed no further one starts; those under way end.
 */
final class EachCluster {

	/**
	 * How long a canceled stage waits for its clusters. One whose workers are all gone
	 * would hold the execution for ever.
	 */
	private static final Duration GRACE = Duration.ofMinutes(5);

	private final StageStanding standing;

	private final ReleaseState state;

	private final List<Cluster> clusters;

	private final int parallel;

	private final Map<String, Status> statuses = new LinkedHashMap<>();

	private final Map<String, String> words = new LinkedHashMap<>();

	private @Nullable RuntimeException defect;

	EachCluster(StageStanding standing, ReleaseState state, List<Cluster> clusters, @Nullable Integer maxParallel) {
		this.standing = standing;
		this.state = state;
		this.clusters = clusters;
		this.parallel = (maxParallel != null) ? maxParallel : clusters.size();
		clusters.forEach((cluster) -> this.statuses.put(cluster.name(), Status.PENDING));
	}

	/**
	 * Does it.
	 * @param doing what is done, in words
	 * @param work does it in one cluster, and says what was done; it fails where that was
	 * not possible
	 */
	StageOutcome run(String doing, Function<Cluster, String> work) {
		tellWhatIsToCome();
		String title = doing + " in " + Words.of(this.clusters.stream().map(Cluster::name).toList());
		try {
			for (Cluster cluster : this.clusters) {
				Workflow.await(() -> stops() || in(Status.RUNNING).size() < this.parallel);
				awaitResume(title);
				if (stops()) {
					break;
				}
				start(cluster, title, doing, work);
			}
			Workflow.await(() -> in(Status.RUNNING).isEmpty());
		}
		catch (CanceledFailure canceled) {
			Workflow.newDetachedCancellationScope(() -> Workflow.await(GRACE, () -> in(Status.RUNNING).isEmpty()))
				.run();
			tellUntouched(Status.CANCELED, "untouched");
			return StageOutcome.canceled(told());
		}
		if (this.defect != null) {
			throw this.defect;
		}
		if (stops()) {
			tellUntouched(Status.SKIPPED, "untouched: " + Words.of(in(Status.FAILED)) + " failed");
			return StageOutcome.failed(told());
		}
		return StageOutcome.succeeded(told());
	}

	private boolean stops() {
		return this.defect != null || !in(Status.FAILED).isEmpty() || !in(Status.CANCELED).isEmpty();
	}

	private void awaitResume(String title) {
		Steering paused = this.state.paused();
		if (paused != null) {
			this.state.change(this.standing, Status.PAUSED,
					ReleaseState.because("paused", paused) + ". Not gone on with: " + title, null);
			Workflow.await(() -> this.state.paused() == null);
		}
	}

	private void start(Cluster cluster, String title, String doing, Function<Cluster, String> work) {
		if (this.standing.status() != Status.RUNNING || !title.equals(this.standing.message())) {
			this.state.change(this.standing, Status.RUNNING, title, null);
		}
		note(cluster.name(), Status.RUNNING, doing);
		Promise<String> end = Async.function(() -> work.apply(cluster));
		end.handle((summary, failure) -> {
			settle(cluster.name(), summary, failure);
			return summary;
		});
	}

	private void settle(String cluster, @Nullable String summary, @Nullable RuntimeException failure) {
		switch (failure) {
			case null -> note(cluster, Status.SUCCEEDED, summary);
			case TemporalFailure known when Words.tellsOfCancellation(known) ->
				note(cluster, Status.CANCELED, "canceled while it was under way");
			case TemporalFailure known -> note(cluster, Status.FAILED, Words.of(known));
			default -> {
				this.defect = failure;
				this.statuses.put(cluster, Status.FAILED);
			}
		}
	}

	private void tellWhatIsToCome() {
		List<ClusterEntry> entries = new ArrayList<>();
		for (int i = 0; i < this.clusters.size(); i++) {
			entries.add(entry(this.clusters.get(i).name(), Status.PENDING,
					(i < this.parallel) ? null : "waits for its turn, " + this.parallel + " at a time"));
		}
		this.state.journal().write(new ClusterEntries(entries));
	}

	private void tellUntouched(Status status, String why) {
		List<ClusterEntry> entries = new ArrayList<>();
		in(Status.PENDING).forEach((cluster) -> entries.add(entry(cluster, status, why)));
		this.state.journal().write(new ClusterEntries(entries));
	}

	private void note(String cluster, Status status, @Nullable String message) {
		this.statuses.put(cluster, status);
		this.words.put(cluster, Objects.requireNonNullElse(message, ""));
		this.state.journal().write(entry(cluster, status, message));
	}

	private ClusterEntry entry(String cluster, Status status, @Nullable String message) {
		return new ClusterEntry(this.state.executionId(), this.state.journal().next(), Journal.now(),
				this.standing.id(), cluster, 0, status, null, message, null);
	}

	/**
	 * What was and was not done.
	 */
	private String told() {
		List<String> parts = new ArrayList<>();
		part(parts, "done", in(Status.SUCCEEDED), true);
		part(parts, "failed", in(Status.FAILED), true);
		part(parts, "canceled", in(Status.CANCELED), false);
		part(parts, "gave no answer, what was done there is unknown", in(Status.RUNNING), false);
		part(parts, "untouched", in(Status.PENDING), false);
		return String.join("; ", parts);
	}

	/**
	 * A few clusters say what became of them; of many, their names do.
	 */
	private void part(List<String> parts, String label, List<String> names, boolean why) {
		if (names.isEmpty()) {
			return;
		}
		List<String> told = new ArrayList<>();
		for (String name : names) {
			String words = (why && told.size() < 3) ? this.words.getOrDefault(name, "") : "";
			told.add(words.isEmpty() ? name : name + " (" + words + ")");
		}
		parts.add(label + ": " + Words.of(told));
	}

	private List<String> in(Status status) {
		List<String> names = new ArrayList<>();
		this.statuses.forEach((cluster, its) -> {
			if (its == status) {
				names.add(cluster);
			}
		});
		return names;
	}

}
