package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.rollout.RolloutResult;
import io.gennaker.workflows.temporal.Words;
import org.jspecify.annotations.Nullable;

/**
 * How far a deploy stage has come: which clusters are done, under way, untouched.
 */
final class DeployProgress {

	private static final int MOST_CAUSES = 3;

	private final Stage.Deploy stage;

	private final List<List<String>> waves;

	private final Map<String, Status> statuses = new LinkedHashMap<>();

	private final Map<String, String> causes = new LinkedHashMap<>();

	private final Map<String, String> backs = new LinkedHashMap<>();

	DeployProgress(Stage.Deploy stage, List<List<Cluster>> waves) {
		this.stage = stage;
		this.waves = waves.stream().map((wave) -> wave.stream().map(Cluster::name).toList()).toList();
		this.waves.forEach((wave) -> wave.forEach((cluster) -> this.statuses.put(cluster, Status.PENDING)));
	}

	void started(String cluster) {
		this.statuses.put(cluster, Status.RUNNING);
	}

	void ended(RolloutResult result) {
		this.statuses.put(result.cluster(), result.status());
		if (result.cause() != null) {
			this.causes.put(result.cluster(), result.cause());
		}
	}

	/**
	 * Notes where a cluster went that did not keep the release, in words.
	 */
	void wentBack(String cluster, String words) {
		this.backs.put(cluster, words);
	}

	Status status(String cluster) {
		return Objects.requireNonNull(this.statuses.get(cluster));
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

	boolean beyondBudget() {
		return in(Status.FAILED).size() > this.stage.failureBudget();
	}

	/**
	 * The clusters that never started.
	 */
	List<String> untouched() {
		return in(Status.PENDING);
	}

	String culprits() {
		return Words.of(in(Status.FAILED));
	}

	int waveOf(String cluster) {
		for (int wave = 0; wave < this.waves.size(); wave++) {
			if (this.waves.get(wave).contains(cluster)) {
				return wave;
			}
		}
		throw new IllegalArgumentException(cluster + " is in no wave of " + this.stage.id());
	}

	/**
	 * What a cluster waits for before its stage starts anything; null for one that starts
	 * at once.
	 */
	@Nullable String waitsFor(String cluster) {
		int wave = waveOf(cluster);
		if (wave > 0) {
			return "waits for " + Words.of(this.waves.get(wave - 1)) + " (wave " + wave + ")";
		}
		Integer most = this.stage.maxParallel();
		boolean first = most == null || this.waves.getFirst().indexOf(cluster) < most;
		return first ? null : "waits for its turn, " + most + " at a time";
	}

	/**
	 * A wave in words.
	 */
	String title(int wave) {
		String names = Words.of(this.waves.get(wave));
		return (this.waves.size() == 1) ? names : "wave " + (wave + 1) + " of " + this.waves.size() + ": " + names;
	}

	/**
	 * What was and was not done.
	 */
	String told() {
		List<String> parts = new ArrayList<>();
		part(parts, "done", in(Status.SUCCEEDED));
		part(parts, "failed", withCauses(in(Status.FAILED)));
		part(parts, "canceled", withCauses(in(Status.CANCELED)));
		part(parts, "gave no answer, what was done there is unknown", in(Status.RUNNING));
		part(parts, "untouched", untouched());
		this.backs.forEach((cluster, words) -> parts.add(cluster + " " + words));
		return String.join("; ", parts);
	}

	private static void part(List<String> parts, String label, List<String> clusters) {
		if (!clusters.isEmpty()) {
			parts.add(label + ": " + Words.of(clusters));
		}
	}

	private List<String> withCauses(List<String> clusters) {
		List<String> told = new ArrayList<>();
		for (String cluster : clusters) {
			String cause = (told.size() < MOST_CAUSES) ? this.causes.get(cluster) : null;
			told.add((cause != null) ? cluster + " (" + cause + ")" : cluster);
		}
		return told;
	}

	private List<String> in(Status status) {
		List<String> clusters = new ArrayList<>();
		this.statuses.forEach((cluster, its) -> {
			if (Objects.equals(its, status)) {
				clusters.add(cluster);
			}
		});
		return clusters;
	}

}
