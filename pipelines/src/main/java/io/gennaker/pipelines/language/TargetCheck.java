package io.gennaker.pipelines.language;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Checks targets, and parameters that choose among their clusters, against the inventory.
 */
final class TargetCheck {

	private final Draft draft;

	private final List<String> inventory;

	private TargetCheck(Draft draft) {
		this.draft = draft;
		this.inventory = draft.inventory().stream().map(Cluster::name).toList();
	}

	static void check(Draft draft) {
		TargetCheck check = new TargetCheck(draft);
		draft.pipeline().targets().forEach(check::checkTarget);
		draft.pipeline().parameters().forEach((name, parameter) -> {
			if (parameter instanceof Parameter.Clusters clusters) {
				check.checkParameter(DocumentPath.child("parameters", name) + ".default", clusters);
			}
		});
	}

	private void checkTarget(String name, Target target) {
		String path = Draft.targetPath(name, "clusters");
		switch (target.clusters()) {
			case ClusterSelector.Named named -> checkNames(path, named.names(), this.inventory, "the inventory");
			case ClusterSelector.Labelled labelled -> checkLabels(path, labelled.labels(), target);
		}
		List<String> clusters = ClusterPlan.clusters(target, this.draft.inventory())
			.stream()
			.map(Cluster::name)
			.toList();
		if (this.draft.problems().any(path)) {
			return;
		}
		for (String cluster : target.overrides().keySet()) {
			if (!clusters.contains(cluster)) {
				String key = DocumentPath.child(Draft.targetPath(name, "overrides"), cluster);
				this.draft.problems()
					.atKey(key, DocumentPath.quoted(cluster) + " is not a cluster of this target"
							+ Suggestion.hint(cluster, clusters, "its clusters"));
			}
		}
	}

	private void checkNames(String path, List<String> names, List<String> known, String where) {
		int index = 0;
		for (String name : names) {
			String item = DocumentPath.item(path, index++);
			if (!name.isEmpty() && !known.contains(name)) {
				this.draft.problems()
					.at(item, "there is no cluster " + DocumentPath.quoted(name) + " in " + where
							+ Suggestion.hint(name, known, "its clusters"));
			}
		}
	}

	private void checkLabels(String path, Map<String, String> labels, Target target) {
		if (labels.isEmpty() || !ClusterPlan.clusters(target, this.draft.inventory()).isEmpty()) {
			return;
		}
		String near = labels.entrySet()
			.stream()
			.flatMap(label -> Suggestion.nearest(label.getValue(), values(label.getKey())).stream())
			.filter(value -> !labels.containsValue(value))
			.findFirst()
			.map(value -> ": did you mean '" + value + "'?")
			.orElse("");
		String wanted = labels.entrySet()
			.stream()
			.map(label -> label.getKey() + "=" + label.getValue())
			.collect(Collectors.joining(", "));
		this.draft.problems().at(path, "no cluster of the inventory has " + DocumentPath.quoted(wanted) + near);
	}

	private Set<String> values(String label) {
		Stream<String> values = label.equals("region") ? this.draft.inventory().stream().map(Cluster::region)
				: this.draft.inventory().stream().flatMap(cluster -> Stream.ofNullable(cluster.labels().get(label)));
		return values.collect(Collectors.toSet());
	}

	private void checkParameter(String path, Parameter.Clusters parameter) {
		List<String> clusters = ClusterPlan.all(this.draft.pipeline(), this.draft.inventory())
			.stream()
			.map(Cluster::name)
			.toList();
		checkNames(path, parameter.defaultValue(), clusters, "the pipeline's targets");
		if (parameter.defaultValue().size() != new HashSet<>(parameter.defaultValue()).size()) {
			this.draft.problems().at(path, "a cluster stands there twice");
		}
	}

}
