package io.gennaker.pipelines.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Checks which cluster of a deploy goes when: the label that groups them, the groups and
 * clusters that are named, and that none waits for itself.
 */
final class PacingCheck {

	private final Problems problems;

	private final String path;

	private final Pacing pacing;

	private final String target;

	private final List<Cluster> clusters;

	PacingCheck(Draft draft, String path, Pacing pacing, String target, List<Cluster> clusters) {
		this.problems = draft.problems();
		this.path = path;
		this.pacing = pacing;
		this.target = target;
		this.clusters = clusters;
	}

	void check() {
		List<String> names = this.clusters.stream().map(Cluster::name).toList();
		String canary = this.pacing.canaryCluster();
		if (canary != null && !names.contains(canary)) {
			this.problems.at(this.path + ".canary-cluster", "the target '" + this.target + "' has no cluster "
					+ DocumentPath.quoted(canary) + Suggestion.hint(canary, names, "its clusters"));
		}
		String by = this.pacing.by();
		if (by == null) {
			checkEdges(names, "the target '" + this.target + "' has no cluster ", "its clusters");
			checkCanary(canary);
		}
		else if (knowsLabel(by)) {
			checkEdges(ClusterPlan.values(by, this.clusters),
					"no cluster of the target '" + this.target + "' has the " + by + " ", "theirs");
		}
		checkCycles();
	}

	private boolean knowsLabel(String by) {
		if (!ClusterPlan.values(by, this.clusters).isEmpty()) {
			return true;
		}
		Set<String> labels = new LinkedHashSet<>(List.of("region"));
		this.clusters.forEach(cluster -> labels.addAll(cluster.labels().keySet()));
		this.problems.at(this.path + ".waves.by", "no cluster of the target '" + this.target + "' has the label "
				+ DocumentPath.quoted(by) + Suggestion.hint(by, labels, "their labels"));
		return false;
	}

	private void checkEdges(Collection<String> known, String unknown, String kind) {
		this.pacing.after().forEach((name, before) -> {
			String place = place(name);
			if (!known.contains(name)) {
				this.problems.atKey(place, unknown + DocumentPath.quoted(name) + Suggestion.hint(name, known, kind));
			}
			for (int i = 0; i < before.size(); i++) {
				String other = before.get(i);
				if (!other.isEmpty() && !known.contains(other)) {
					this.problems.at(DocumentPath.item(place, i),
							unknown + DocumentPath.quoted(other) + Suggestion.hint(other, known, kind));
				}
			}
		});
	}

	private void checkCanary(@Nullable String canary) {
		if (canary != null && this.pacing.after().containsKey(canary)) {
			this.problems.atKey(place(canary),
					DocumentPath.quoted(canary) + " is the canary cluster, which goes before all others");
		}
	}

	/** Of a cycle, the first name in the file is reported. */
	private void checkCycles() {
		Set<String> reported = new LinkedHashSet<>();
		for (String name : this.pacing.after().keySet()) {
			List<String> cycle = cycle(name, List.of(name));
			if (!cycle.isEmpty() && cycle.stream().noneMatch(reported::contains)) {
				reported.addAll(cycle);
				this.problems.atKey(place(name), "waits for itself: " + String.join(" after ", cycle));
			}
		}
	}

	/** The way back to where it began; empty where there is none. */
	private List<String> cycle(String start, List<String> first) {
		Map<String, List<String>> after = this.pacing.after();
		Set<String> seen = new LinkedHashSet<>();
		List<List<String>> open = new ArrayList<>(List.of(first));
		while (!open.isEmpty()) {
			List<String> way = open.removeFirst();
			for (String before : after.getOrDefault(way.getLast(), List.of())) {
				List<String> longer = new ArrayList<>(way);
				longer.add(before);
				if (before.equals(start)) {
					return longer;
				}
				if (seen.add(before)) {
					open.add(longer);
				}
			}
		}
		return List.of();
	}

	private String place(String name) {
		return DocumentPath.child(this.path + ".waves.after", name);
	}

}
