package io.gennaker.pipelines.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a valid pipeline's stages. Immutable.
 */
public final class StageGraph {

	private final Map<String, Stage> stages;

	private final Map<String, Set<String>> ancestors;

	private final List<List<Stage>> columns;

	/**
	 * Reads the graph.
	 * @throws IllegalArgumentException for a pipeline that the reader would refuse: a
	 * stage needs one that is not there, or itself by a cycle
	 */
	public StageGraph(Pipeline pipeline) {
		this.stages = pipeline.stages();
		Map<String, Integer> column = new LinkedHashMap<>();
		Map<String, Set<String>> found = new HashMap<>();
		int before = -1;
		while (column.size() < this.stages.size() && before < column.size()) {
			before = column.size();
			this.stages.values().forEach(stage -> place(stage, column, found));
		}
		if (column.size() < this.stages.size()) {
			throw new IllegalArgumentException("The stages of '" + pipeline.name() + "' are no graph without cycles");
		}
		this.ancestors = found;
		this.columns = columns(column);
	}

	private void place(Stage stage, Map<String, Integer> column, Map<String, Set<String>> found) {
		List<String> needs = stage.options().needs();
		if (column.containsKey(stage.id()) || !column.keySet().containsAll(needs)) {
			return;
		}
		Set<String> all = new LinkedHashSet<>();
		int right = 0;
		for (String need : needs) {
			all.addAll(found.getOrDefault(need, Set.of()));
			all.add(need);
			right = Math.max(right, column.getOrDefault(need, 0) + 1);
		}
		found.put(stage.id(), Collections.unmodifiableSet(all));
		column.put(stage.id(), right);
	}

	private List<List<Stage>> columns(Map<String, Integer> column) {
		int count = column.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
		List<List<Stage>> result = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int here = i;
			result.add(this.stages.values()
				.stream()
				.filter(stage -> column.getOrDefault(stage.id(), -1) == here)
				.toList());
		}
		return List.copyOf(result);
	}

	/**
	 * The stages in columns from left to right: each stands right of all that it needs,
	 * as near as possible. For drawing.
	 */
	public List<List<Stage>> columns() {
		return this.columns;
	}

	/**
	 * Every stage that this one needs, directly or not; one comes before those that need
	 * it.
	 * @throws IllegalArgumentException if there is no such stage
	 */
	public Set<String> ancestors(String stage) {
		Set<String> all = this.ancestors.get(stage);
		if (all == null) {
			throw new IllegalArgumentException("There is no stage '" + stage + "'");
		}
		return all;
	}

	/**
	 * Every stage that needs this one, directly or not, in the order of the file.
	 * @throws IllegalArgumentException if there is no such stage
	 */
	public Set<String> descendants(String stage) {
		ancestors(stage);
		Set<String> all = new LinkedHashSet<>(this.stages.keySet());
		all.removeIf(other -> !ancestors(other).contains(stage));
		return Collections.unmodifiableSet(all);
	}

	/**
	 * The bakes among the stages that this one needs, directly or not.
	 */
	public List<Stage.Bake> bakesBefore(String stage) {
		return ancestors(stage).stream()
			.map(this.stages::get)
			.filter(Stage.Bake.class::isInstance)
			.map(Stage.Bake.class::cast)
			.toList();
	}

	/**
	 * The bake whose manifests a deploy rolls out: the one it names, else the only one
	 * among its ancestors.
	 * @throws IllegalArgumentException for a deploy that the reader would refuse
	 */
	public Stage.Bake bakeOf(Stage.Deploy deploy) {
		List<Stage.Bake> bakes = bakesBefore(deploy.id());
		@Nullable String named = deploy.bake();
		if (named != null) {
			bakes = bakes.stream().filter(bake -> bake.id().equals(named)).toList();
		}
		if (bakes.size() != 1) {
			throw new IllegalArgumentException("The deploy '" + deploy.id() + "' has " + bakes.size() + " bakes");
		}
		return bakes.getFirst();
	}

	/**
	 * The deploys that roll out a bake's manifests, in the order of the file.
	 */
	public List<Stage.Deploy> deploysOf(Stage.Bake bake) {
		return this.stages.values()
			.stream()
			.filter(Stage.Deploy.class::isInstance)
			.map(Stage.Deploy.class::cast)
			.filter(deploy -> bakeOf(deploy).id().equals(bake.id()))
			.toList();
	}

}
