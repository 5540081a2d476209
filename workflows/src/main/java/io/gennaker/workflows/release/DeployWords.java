package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterOrder;
import io.gennaker.pipelines.plan.ClusterOrder.Group;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import org.jspecify.annotations.Nullable;

/**
 * How far a deploy stage has come, in words for people.
 */
final class DeployWords {

	private static final int MOST_CAUSES = 3;

	private static final int BRIEF = 120;

	private final Stage.Deploy stage;

	private final DeployProgress progress;

	private final ClusterOrder order;

	DeployWords(Stage.Deploy stage, DeployProgress progress) {
		this.stage = stage;
		this.progress = progress;
		this.order = progress.order();
	}

	/**
	 * What a cluster waits for before its stage starts anything; null for one that starts
	 * at once.
	 */
	@Nullable String waitsFor(String cluster) {
		Group group = this.order.groupOf(cluster);
		List<String> before = this.order.before(group).stream().map(DeployWords::members).toList();
		if (!before.isEmpty()) {
			return "waits for " + Words.of(before);
		}
		Integer most = this.stage.maxParallel();
		boolean first = most == null || this.progress.untouched().indexOf(cluster) < most;
		return first ? null : "waits for its turn, " + most + " at a time";
	}

	private static String members(Group group) {
		List<String> names = names(group.clusters());
		return names.equals(List.of(group.name())) ? group.name() : Words.of(names) + " (" + group.name() + ")";
	}

	/**
	 * What goes on once a cluster starts.
	 */
	String title(Cluster next) {
		if (this.progress.attempts(next.name()) > 0) {
			return "tries " + next.name() + " again";
		}
		Group group = this.order.groupOf(next.name());
		if (!this.order.chain()) {
			Set<String> groups = new LinkedHashSet<>();
			this.progress.in(Status.RUNNING).forEach((cluster) -> groups.add(this.order.groupOf(cluster).name()));
			groups.add(group.name());
			return Words.of(List.copyOf(groups));
		}
		String names = Words.of(names(group.clusters()));
		if (this.order.groups().size() == 1) {
			return names;
		}
		String wave = "wave " + (group.wave() + 1);
		String own = group.name().equals(wave) ? "" : " (" + group.name() + ")";
		return wave + " of " + this.order.groups().size() + own + ": " + names;
	}

	String soaks(DeployProgress.Soak soak) {
		return Words.of(soak.soaking()) + " soaks " + Words.of(this.stage.soak()) + ", until " + Words.of(soak.until())
				+ ", before " + Words.of(soak.next()) + " starts";
	}

	/**
	 * What a person is asked once more clusters failed than may.
	 * @param deadline when the stage's time is up; null for never
	 */
	String asks(@Nullable Instant deadline) {
		List<String> broken = this.progress.broken();
		List<String> parts = new ArrayList<>();
		parts.add(failed(broken.size()) + ", " + allowed() + ": "
				+ Words.of(broken.stream().map(this::withBriefCause).toList()));
		if (this.progress.underWay() > 0) {
			parts.add("still under way: " + Words.of(this.progress.in(Status.RUNNING)));
		}
		parts.add("nothing new starts until an engineer retries or skips what failed, or gives up"
				+ ((deadline != null) ? "; until " + Words.of(deadline) : ""));
		return String.join("; ", parts);
	}

	/** The cluster itself tells all. */
	private String withBriefCause(String cluster) {
		String line = this.progress.cause(cluster).lines().findFirst().orElse("");
		return cluster + " (" + ((line.length() > BRIEF) ? line.substring(0, BRIEF) + "…" : line) + ")";
	}

	private static String failed(int count) {
		return (count == 1) ? "1 cluster failed" : count + " clusters failed";
	}

	private String allowed() {
		String canary = this.stage.pacing().canaryCluster();
		if (canary != null && this.progress.broken().contains(canary)) {
			return "among them the canary cluster";
		}
		return (this.progress.allowed() == 0) ? "none may" : this.progress.allowed() + " may";
	}

	String culprits() {
		return Words.of(this.progress.in(Status.FAILED));
	}

	/**
	 * What was and was not done.
	 */
	String told() {
		List<String> parts = new ArrayList<>();
		part(parts, "done", this.progress.in(Status.SUCCEEDED));
		part(parts, "failed", withCauses(this.progress.in(Status.FAILED)));
		part(parts, "canceled", withCauses(this.progress.in(Status.CANCELED)));
		part(parts, "skipped", withCauses(this.progress.in(Status.SKIPPED)));
		part(parts, "gave no answer, what was done there is unknown", this.progress.in(Status.RUNNING));
		part(parts, "untouched", this.progress.untouched());
		this.progress.backs().forEach((cluster, words) -> parts.add(cluster + " " + words));
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
			told.add((told.size() < MOST_CAUSES) ? cluster + " (" + this.progress.cause(cluster) + ")" : cluster);
		}
		return told;
	}

	private static List<String> names(List<Cluster> clusters) {
		return clusters.stream().map(Cluster::name).toList();
	}

}
