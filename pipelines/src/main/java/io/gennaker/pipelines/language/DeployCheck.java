package io.gennaker.pipelines.language;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a deploy names: its target, the components of its order, the clusters of
 * its waves.
 */
final class DeployCheck {

	private DeployCheck() {
	}

	static void check(Draft draft) {
		draft.forEach(Stage.Deploy.class, (path, deploy) -> {
			checkGroups(draft, path + ".order", deploy.order(), draft.pipeline().artifacts().keySet(),
					"there is no artifact ", "artifacts");
			Target target = target(draft, path, deploy.target());
			if (target != null) {
				checkWaves(draft, path, deploy, target);
			}
		});
	}

	/**
	 * The target that a stage names; null where there is none, which is then reported.
	 */
	static @Nullable Target target(Draft draft, String path, String name) {
		Target target = draft.pipeline().targets().get(name);
		if (target == null && !name.isBlank()) {
			draft.problems()
				.at(path + ".target", "there is no target " + DocumentPath.quoted(name)
						+ Suggestion.hint(name, draft.pipeline().targets().keySet(), "targets"));
		}
		return target;
	}

	private static void checkWaves(Draft draft, String path, Stage.Deploy deploy, Target target) {
		if (draft.problems().any(Draft.targetPath(deploy.target(), "clusters"))) {
			return;
		}
		List<Cluster> clusters = ClusterPlan.clusters(target, draft.inventory());
		checkGroups(draft, path + ".waves", deploy.waves(), clusters.stream().map(Cluster::name).toList(),
				"the target '" + deploy.target() + "' has no cluster ", "its clusters");
		new PacingCheck(draft, path, deploy.pacing(), deploy.target(), clusters).check();
	}

	/**
	 * Checks groups of names: each known, none twice. A group in the file is a list, or a
	 * text where it is a group of one.
	 */
	private static void checkGroups(Draft draft, String path, List<List<String>> groups, Collection<String> known,
			String unknown, String kind) {
		Map<String, String> places = new HashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			String group = DocumentPath.item(path, i);
			for (int j = 0; j < groups.get(i).size(); j++) {
				String name = groups.get(i).get(j);
				if (name.isEmpty()) {
					continue;
				}
				String item = DocumentPath.item(group, j);
				String place = draft.problems().knows(item) ? item : group;
				if (!known.contains(name)) {
					draft.problems()
						.at(place, unknown + DocumentPath.quoted(name) + Suggestion.hint(name, known, kind));
				}
				String first = places.putIfAbsent(name, place);
				if (first != null) {
					draft.problems().at(place, DocumentPath.quoted(name) + " stands already at " + first);
				}
			}
		}
	}

}
