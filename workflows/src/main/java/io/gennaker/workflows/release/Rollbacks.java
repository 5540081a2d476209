package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.rollback.RollbackPoint.Earlier;
import io.gennaker.workflows.rollout.RolloutResult;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Takes clusters back to what ran there before the release, by the manifests that were
 * kept: nothing is baked anew. A cluster goes back once at most for each time that it
 * went forth, and nobody's cancellation leaves it half way.
 */
final class Rollbacks {

	private final CentralActivities activities;

	private final ReleaseState state;

	private final List<ClusterRollouts> deploys = new ArrayList<>();

	private final Set<String> begun = new LinkedHashSet<>();

	private final Set<String> onTheirWay = new LinkedHashSet<>();

	private final Map<String, String> told = new LinkedHashMap<>();

	private int underWay;

	private @Nullable RuntimeException defect;

	Rollbacks(ReleaseState state, CentralActivities activities) {
		this.state = state;
		this.activities = activities;
	}

	/**
	 * Notes a deploy whose clusters may have to go back; in the order in which they
	 * start.
	 */
	void mind(ClusterRollouts deploy) {
		this.deploys.add(deploy);
	}

	/**
	 * Begins to take a cluster back, unless it has been already.
	 * @param why what became of the release there
	 * @param end how the cluster's end is told
	 */
	void begin(ClusterRollouts deploy, Cluster cluster, String why, Status end) {
		String place = place(deploy, cluster.name());
		if (!this.begun.add(place)) {
			return;
		}
		this.underWay++;
		this.onTheirWay.add(place);
		Workflow.newDetachedCancellationScope(() -> {
			Promise<Void> back = Async.procedure(() -> goBack(deploy, cluster, why, end));
			back.handle((done, failure) -> {
				this.underWay--;
				this.onTheirWay.remove(place);
				deploy.progress().changed();
				this.defect = (failure != null) ? failure : this.defect;
				return done;
			});
		}).run();
	}

	private static String place(ClusterRollouts deploy, String cluster) {
		return deploy.stageId() + "/" + cluster;
	}

	boolean isUnderWay(ClusterRollouts deploy, String cluster) {
		return this.onTheirWay.contains(place(deploy, cluster));
	}

	/**
	 * Lets a cluster go back once more, because it goes forth once more.
	 */
	void forget(ClusterRollouts deploy, Cluster cluster) {
		this.begun.remove(place(deploy, cluster.name()));
		this.told.remove(cluster.name());
	}

	/**
	 * Waits until no cluster is on its way back.
	 */
	void await() {
		Workflow.newDetachedCancellationScope(() -> Workflow.await(() -> this.underWay == 0)).run();
		if (this.defect != null) {
			throw this.defect;
		}
	}

	/**
	 * Takes back all that the release has changed: the deploys in reverse of the order in
	 * which they started, their waves last to first, the clusters of a wave together.
	 * @param cause why
	 */
	void all(String cause) {
		for (ClusterRollouts deploy : this.deploys.reversed()) {
			for (List<Cluster> wave : deploy.waves().reversed()) {
				for (Cluster cluster : wave) {
					Status status = deploy.progress().status(cluster.name());
					switch (status) {
						case SUCCEEDED -> begin(deploy, cluster, cause, Status.CANCELED);
						case FAILED, CANCELED ->
							begin(deploy, cluster, deploy.progress().cause(cluster.name()), status);
						case SKIPPED -> {
							if (deploy.progress().attempts(cluster.name()) > 0) {
								begin(deploy, cluster, deploy.progress().cause(cluster.name()), status);
							}
						}
						case PENDING, RUNNING, WAITING, PAUSED -> {
						}
					}
				}
				await();
			}
		}
		if (!this.told.isEmpty()) {
			this.state.addToFailure(summary());
		}
	}

	/**
	 * Where each cluster went, in words.
	 */
	private String summary() {
		Map<String, List<String>> places = new LinkedHashMap<>();
		this.told.forEach((place, to) -> places.computeIfAbsent(to, (_) -> new ArrayList<>()).add(place));
		List<String> parts = new ArrayList<>();
		places.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
			.forEach((entry) -> parts.add(Words.of(entry.getValue()) + " " + entry.getKey()));
		return String.join("; ", parts);
	}

	private void goBack(ClusterRollouts deploy, Cluster cluster, String why, Status end) {
		RolloutResult result;
		String to;
		try {
			Earlier earlier = this.activities.rollback()
				.before(deploy.question(cluster, this.state.executionId()))
				.earlier();
			if (earlier == null) {
				tell(deploy, cluster, "stays as it is: nothing ran there before");
				deploy.staysAsItIs(cluster, why + ". Nothing ran there before to go back to", end);
				return;
			}
			to = earlier.execution();
			result = deploy.restore(cluster, earlier, why, end);
		}
		catch (TemporalFailure failure) {
			tell(deploy, cluster, "could not go back");
			deploy.staysAsItIs(cluster, why + ". Could not go back: " + Words.of(failure), end);
			return;
		}
		tell(deploy, cluster, (result.status() == Status.SUCCEEDED) ? "went back to " + to
				: "could not go back to " + to + " (" + result.cause() + ")");
	}

	private void tell(ClusterRollouts deploy, Cluster cluster, String words) {
		this.told.put(cluster.name(), words);
		deploy.progress().wentBack(cluster.name(), words);
	}

}
