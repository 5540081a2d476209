package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterOrder;
import io.gennaker.pipelines.plan.ClusterOrder.Group;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.rollout.RolloutResult;
import org.jspecify.annotations.Nullable;

/**
 * How far a deploy stage has come: which clusters are done, under way, untouched, and
 * which may start. A cluster that failed counts to the budget until it has gone well or a
 * person skipped it; a canary cluster that failed is always beyond it.
 */
final class DeployProgress {

	private final Stage.Deploy stage;

	private final ClusterOrder order;

	private final Map<String, Status> statuses = new LinkedHashMap<>();

	private final Map<String, String> causes = new LinkedHashMap<>();

	private final Map<String, String> backs = new LinkedHashMap<>();

	private final Map<String, Integer> attempts = new LinkedHashMap<>();

	private final Map<String, Instant> ends = new LinkedHashMap<>();

	private final Set<String> counted = new LinkedHashSet<>();

	private final Set<String> again = new LinkedHashSet<>();

	private Instant soaked = Instant.MIN;

	private int changes;

	DeployProgress(Stage.Deploy stage, ClusterOrder order) {
		this.stage = stage;
		this.order = order;
		order.groups()
			.forEach((group) -> group.clusters()
				.forEach((cluster) -> this.statuses.put(cluster.name(), Status.PENDING)));
	}

	ClusterOrder order() {
		return this.order;
	}

	/**
	 * Grows with every change that may let a cluster start or the stage end.
	 */
	int changes() {
		return this.changes;
	}

	/**
	 * Begins an attempt; returns its number, from 1.
	 */
	int started(String cluster) {
		this.changes++;
		this.again.remove(cluster);
		this.backs.remove(cluster);
		this.statuses.put(cluster, Status.RUNNING);
		return this.attempts.merge(cluster, 1, Integer::sum);
	}

	void ended(RolloutResult result, Instant at) {
		this.changes++;
		String cluster = result.cluster();
		this.statuses.put(cluster, result.status());
		this.ends.put(cluster, at);
		if (result.cause() != null) {
			this.causes.put(cluster, result.cause());
		}
		if (result.status() == Status.FAILED || (result.status() == Status.CANCELED && isCanary(cluster))) {
			this.counted.add(cluster);
		}
		else {
			this.counted.remove(cluster);
		}
	}

	/**
	 * Notes that a person wants a cluster tried again.
	 */
	void tryAgain(String cluster) {
		this.changes++;
		this.again.add(cluster);
	}

	/**
	 * Notes that a person leaves a cluster out that is not under way.
	 * @param words by whom and why
	 */
	void skipped(String cluster, String words) {
		this.changes++;
		this.again.remove(cluster);
		this.counted.remove(cluster);
		this.statuses.put(cluster, Status.SKIPPED);
		this.causes.put(cluster, words);
	}

	/**
	 * Notes a change that came from elsewhere.
	 */
	void changed() {
		this.changes++;
	}

	/**
	 * Notes where a cluster went that did not keep the release, in words.
	 */
	void wentBack(String cluster, String words) {
		this.backs.put(cluster, words);
	}

	Map<String, String> backs() {
		return this.backs;
	}

	boolean knows(String cluster) {
		return this.statuses.containsKey(cluster);
	}

	Status status(String cluster) {
		return Objects.requireNonNull(this.statuses.get(cluster));
	}

	/**
	 * How often a cluster was begun.
	 */
	int attempts(String cluster) {
		return this.attempts.getOrDefault(cluster, 0);
	}

	/**
	 * Why a cluster did not end well.
	 */
	String cause(String cluster) {
		return Objects.requireNonNullElse(this.causes.get(cluster), "it did not end well");
	}

	int underWay() {
		return in(Status.RUNNING).size();
	}

	/**
	 * The clusters that a person wants tried again and that have not begun yet.
	 */
	Set<String> again() {
		return this.again;
	}

	int allowed() {
		return this.stage.failuresAllowed(this.statuses.size());
	}

	boolean beyondBudget() {
		return this.counted.size() > allowed() || this.counted.stream().anyMatch(this::isCanary);
	}

	private boolean isCanary(String cluster) {
		return cluster.equals(this.stage.pacing().canaryCluster());
	}

	/**
	 * The clusters that failed and that nobody tries again now.
	 */
	List<String> broken() {
		return this.counted.stream()
			.filter((cluster) -> done(status(cluster)) && !this.again.contains(cluster))
			.toList();
	}

	/**
	 * The next cluster that has not started and may, by the order alone; null where none
	 * may.
	 */
	@Nullable Cluster ready(Instant now) {
		for (Group group : this.order.groups()) {
			Instant open = opens(group);
			if (open != null && !open.isAfter(now.isAfter(this.soaked) ? now : this.soaked)) {
				for (Cluster cluster : group.clusters()) {
					if (status(cluster.name()) == Status.PENDING) {
						return cluster;
					}
				}
			}
		}
		return null;
	}

	/**
	 * The soak that ends next and lets a group start; null for none.
	 */
	@Nullable Soak soak() {
		Instant until = null;
		for (Group group : this.order.groups()) {
			Instant open = waits(group) ? opens(group) : null;
			if (open != null && open.isAfter(this.soaked) && (until == null || open.isBefore(until))) {
				until = open;
			}
		}
		return (until != null) ? soak(until) : null;
	}

	private Soak soak(Instant until) {
		Set<String> soaking = new LinkedHashSet<>();
		List<String> next = new ArrayList<>();
		for (Group group : this.order.groups()) {
			if (waits(group) && until.equals(opens(group))) {
				next.add(group.name());
				this.order.before(group)
					.stream()
					.filter((other) -> until.equals(soakEnd(other)))
					.forEach((other) -> soaking.add(other.name()));
			}
		}
		return new Soak(List.copyOf(soaking), next, until);
	}

	/**
	 * Notes that time went on, to be safe from clocks that differ.
	 */
	void soaked(Instant until) {
		this.soaked = until;
	}

	private boolean waits(Group group) {
		return group.clusters().stream().anyMatch((cluster) -> status(cluster.name()) == Status.PENDING);
	}

	/** Null where something is yet to be done before. */
	private @Nullable Instant opens(Group group) {
		Instant latest = Instant.MIN;
		for (Group other : this.order.before(group)) {
			Instant end = soakEnd(other);
			if (end == null) {
				return null;
			}
			latest = end.isAfter(latest) ? end : latest;
		}
		return latest;
	}

	private @Nullable Instant soakEnd(Group group) {
		Instant latest = Instant.MIN;
		for (Cluster cluster : group.clusters()) {
			if (!done(status(cluster.name())) || this.again.contains(cluster.name())) {
				return null;
			}
			Instant end = this.ends.get(cluster.name());
			latest = (end != null && end.isAfter(latest)) ? end : latest;
		}
		return latest.equals(Instant.MIN) ? latest : latest.plus(this.stage.soak());
	}

	private static boolean done(Status status) {
		return switch (status) {
			case PENDING, RUNNING, WAITING, PAUSED -> false;
			case SUCCEEDED, FAILED, CANCELED, SKIPPED -> true;
		};
	}

	/**
	 * The clusters that never started.
	 */
	List<String> untouched() {
		return in(Status.PENDING);
	}

	List<String> in(Status status) {
		List<String> clusters = new ArrayList<>();
		this.statuses.forEach((cluster, its) -> {
			if (Objects.equals(its, status)) {
				clusters.add(cluster);
			}
		});
		return clusters;
	}

	/**
	 * A soak under way.
	 *
	 * @param soaking the names of the groups that soak
	 * @param next those of the groups that start then
	 * @param until when
	 */
	record Soak(List<String> soaking, List<String> next, Instant until) {
	}

}
