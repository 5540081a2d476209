package io.gennaker.pipelines.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Checks what stages need: that it is there, that no stage waits for itself, and that a
 * deploy has its bake.
 */
final class GraphCheck {

	private final Draft draft;

	private final Map<String, Stage> stages;

	private GraphCheck(Draft draft) {
		this.draft = draft;
		this.stages = draft.pipeline().stages();
	}

	static void check(Draft draft) {
		GraphCheck check = new GraphCheck(draft);
		check.stages.values().forEach(check::checkNeeds);
		Set<String> inCycles = check.reportCycles();
		check.stages.values().forEach(stage -> check.checkReachable(stage, inCycles));
		draft.forEach(Stage.Deploy.class, (_, deploy) -> check.checkBake(deploy));
	}

	/**
	 * Every stage that one needs, directly or not, itself too where there is a cycle.
	 */
	static Set<String> ancestors(Map<String, Stage> stages, String id) {
		Set<String> all = new LinkedHashSet<>();
		List<String> open = new ArrayList<>(List.of(id));
		while (!open.isEmpty()) {
			Stage stage = stages.get(open.removeLast());
			for (String need : (stage != null) ? stage.options().needs() : List.<String>of()) {
				if (all.add(need)) {
					open.add(need);
				}
			}
		}
		return all;
	}

	private void checkNeeds(Stage stage) {
		String path = Draft.stagePath(stage, "needs");
		Set<String> before = new LinkedHashSet<>();
		int index = 0;
		for (String need : stage.options().needs()) {
			String item = DocumentPath.item(path, index++);
			if (need.isEmpty()) {
				continue;
			}
			if (!this.stages.containsKey(need)) {
				this.draft.problems()
					.at(item, "there is no stage " + DocumentPath.quoted(need)
							+ Suggestion.hint(need, this.stages.keySet(), "stages"));
			}
			if (!before.add(need)) {
				this.draft.problems().at(item, DocumentPath.quoted(need) + " stands there twice");
			}
		}
	}

	private Set<String> reportCycles() {
		Set<String> reported = new LinkedHashSet<>();
		for (String id : this.stages.keySet()) {
			if (!reported.contains(id) && ancestors(this.stages, id).contains(id)) {
				List<String> cycle = cycle(id);
				reported.addAll(cycle);
				this.draft.problems()
					.at(Draft.stagePath(id) + ".needs",
							"the stages need each other in a cycle: " + String.join(" needs ", cycle) + " needs " + id);
			}
		}
		return reported;
	}

	/** The shortest way from a stage along its needs back to it. */
	private List<String> cycle(String id) {
		Map<String, String> from = new LinkedHashMap<>();
		List<String> open = new ArrayList<>(List.of(id));
		while (!from.containsKey(id)) {
			String next = open.removeFirst();
			Stage stage = this.stages.get(next);
			for (String need : (stage != null) ? stage.options().needs() : List.<String>of()) {
				if (from.putIfAbsent(need, next) == null) {
					open.add(need);
				}
			}
		}
		List<String> backwards = new ArrayList<>();
		String at = id;
		do {
			at = from.getOrDefault(at, id);
			backwards.add(at);
		}
		while (!at.equals(id));
		return backwards.reversed();
	}

	private void checkReachable(Stage stage, Set<String> inCycles) {
		Set<String> ancestors = ancestors(this.stages, stage.id());
		if (ancestors.contains(stage.id())) {
			return;
		}
		ancestors.stream()
			.filter(inCycles::contains)
			.findFirst()
			.ifPresent(stuck -> this.draft.problems()
				.atKey(Draft.stagePath(stage.id()),
						"the stage can never start: it needs '" + stuck + "', which is in a cycle"));
	}

	private void checkBake(Stage.Deploy deploy) {
		Set<String> ancestors = ancestors(this.stages, deploy.id());
		boolean unclear = ancestors.contains(deploy.id()) || this.draft.problems().any(Draft.stagePath(deploy, "needs"))
				|| ancestors.stream().anyMatch(this::isUnclear);
		if (unclear) {
			return;
		}
		List<String> bakes = this.stages.keySet()
			.stream()
			.filter(id -> ancestors.contains(id) && this.stages.get(id) instanceof Stage.Bake)
			.toList();
		String named = deploy.bake();
		if (named != null) {
			checkNamed(deploy, named, bakes);
		}
		else if (bakes.isEmpty()) {
			this.draft.problems()
				.atKey(Draft.stagePath(deploy.id()),
						"the deploy has no bake: no stage of type bake is among those that it needs, directly or not"
								+ candidates());
		}
		else if (bakes.size() > 1) {
			this.draft.problems()
				.atKey(Draft.stagePath(deploy.id()), "the deploy needs several bakes (" + String.join(", ", bakes)
						+ "); name the one to roll out as 'bake'");
		}
	}

	/** Whether what a stage is, or what it needs, could not be read. */
	private boolean isUnclear(String id) {
		String path = Draft.stagePath(id);
		Problems problems = this.draft.problems();
		return !this.stages.containsKey(id) || problems.exactly(path) || problems.any(path + ".type")
				|| problems.any(path + ".needs");
	}

	private String candidates() {
		Collection<String> all = this.stages.values()
			.stream()
			.filter(Stage.Bake.class::isInstance)
			.map(Stage::id)
			.toList();
		return all.isEmpty() ? "" : all.stream().collect(Collectors.joining("' or '", "; add '", "' to its needs"));
	}

	private void checkNamed(Stage.Deploy deploy, String named, List<String> bakes) {
		String path = Draft.stagePath(deploy, "bake");
		if (bakes.contains(named)) {
			return;
		}
		Stage stage = this.stages.get(named);
		if (stage instanceof Stage.Bake) {
			this.draft.problems()
				.at(path, "'" + named + "' is not among the stages that this one needs, directly or not");
		}
		else if (stage != null) {
			this.draft.problems()
				.at(path, "'" + named + "' is a stage of type " + StageType.of(stage).word() + ", not bake");
		}
		else {
			this.draft.problems()
				.at(path, "there is no stage " + DocumentPath.quoted(named)
						+ Suggestion.hint(named, bakes, "bakes before this stage"));
		}
	}

}
