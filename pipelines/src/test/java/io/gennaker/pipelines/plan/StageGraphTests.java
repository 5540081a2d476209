package io.gennaker.pipelines.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StageGraphTests {

	private static Options needs(String... needs) {
		return new Options(List.of(needs), null, null, OnFailure.FAIL);
	}

	private static Stage pause(String id, String... needs) {
		return new Stage.Wait(id, needs(needs), Duration.ofMinutes(1));
	}

	private static Stage.Bake bake(String id, String... needs) {
		return new Stage.Bake(id, needs(needs), new ChartSource.Path("charts/app", null), "app", List.of(), Map.of());
	}

	private static Stage.Deploy deploy(String id, @Nullable String bake, String... needs) {
		return new Stage.Deploy(id, needs(needs), "all", bake, List.of(), List.of(), null, 0, Duration.ZERO);
	}

	private static StageGraph graph(Stage... stages) {
		Map<String, Stage> byId = new LinkedHashMap<>();
		Stream.of(stages).forEach(stage -> byId.put(stage.id(), stage));
		return new StageGraph(
				new Pipeline("test", "", Map.of(), Map.of(), Map.of(), Map.of(), Concurrency.DEFAULT, byId));
	}

	private static List<List<String>> columns(StageGraph graph) {
		return graph.columns().stream().map(column -> column.stream().map(Stage::id).toList()).toList();
	}

	@Test
	void aStageStandsRightOfAllThatItNeeds() {
		StageGraph graph = graph(pause("last", "b", "a"), pause("a"), pause("b", "a"), pause("free"), pause("c", "a"));
		assertThat(columns(graph)).containsExactly(List.of("a", "free"), List.of("b", "c"), List.of("last"));
	}

	@Test
	void ancestorsComeBeforeThoseThatNeedThem() {
		StageGraph graph = graph(pause("a"), pause("b", "a"), pause("c", "b"), pause("d"));
		assertThat(graph.ancestors("c")).containsExactly("a", "b");
		assertThat(graph.ancestors("a")).isEmpty();
	}

	@Test
	void descendantsAreInTheOrderOfTheFile() {
		StageGraph graph = graph(pause("c", "b"), pause("a"), pause("b", "a"), pause("d"));
		assertThat(graph.descendants("a")).containsExactly("c", "b");
		assertThat(graph.descendants("d")).isEmpty();
	}

	@Test
	void aDeployRollsOutTheOnlyBakeBeforeIt() {
		Stage.Bake bake = bake("bake");
		Stage.Deploy deploy = deploy("south", null, "gate");
		StageGraph graph = graph(bake, pause("gate", "bake"), deploy, bake("other"));
		assertThat(graph.bakeOf(deploy)).isEqualTo(bake);
		assertThat(graph.deploysOf(bake)).containsExactly(deploy);
	}

	@Test
	void amongSeveralBakesADeployNamesItsOwn() {
		Stage.Deploy deploy = deploy("south", "one", "one", "two");
		StageGraph graph = graph(bake("one"), bake("two"), deploy);
		assertThat(graph.bakeOf(deploy).id()).isEqualTo("one");
		assertThat(graph.deploysOf(bake("two"))).isEmpty();
	}

	@Test
	void aCycleIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> graph(pause("a", "b"), pause("b", "a")));
	}

	@Test
	void anUnknownStageIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> graph(pause("a")).ancestors("b"));
	}

}
