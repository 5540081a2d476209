package io.gennaker.pipelines.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClusterPlanTests {

	private static final Cluster NORTH = new Cluster("north-1", "north", Map.of("env", "prod"));

	private static final Cluster STAGING = new Cluster("north-2", "north", Map.of("env", "staging"));

	private static final Cluster SOUTH = new Cluster("south-1", "south", Map.of("env", "prod"));

	private static final List<Cluster> INVENTORY = List.of(NORTH, STAGING, SOUTH);

	private static Target target(ClusterSelector selector) {
		return new Target(selector, "app", List.of(), Map.of());
	}

	private static final Target ALL = target(new ClusterSelector.Named(List.of("south-1", "north-1", "north-2")));

	private static Pipeline pipeline(Map<String, Parameter> parameters) {
		return new Pipeline("test", "", parameters, Map.of(), Map.of("all", ALL), Map.of(), Concurrency.DEFAULT,
				Map.of());
	}

	private static Stage.Deploy deploy(List<List<String>> waves) {
		return new Stage.Deploy("roll", Stage.Options.NONE, "all", null, List.of(), waves, null, 0, Duration.ZERO);
	}

	@Test
	void namedClustersComeAsNamed() {
		assertThat(ClusterPlan.clusters(ALL, INVENTORY)).containsExactly(SOUTH, NORTH, STAGING);
	}

	@Test
	void labelsMustAllMatchAndRegionIsOne() {
		Target target = target(new ClusterSelector.Labelled(Map.of("region", "north", "env", "prod")));
		assertThat(ClusterPlan.clusters(target, INVENTORY)).containsExactly(NORTH);
	}

	@Test
	void labelledClustersComeInTheOrderOfTheInventory() {
		Target target = target(new ClusterSelector.Labelled(Map.of("env", "prod")));
		assertThat(ClusterPlan.clusters(target, INVENTORY)).containsExactly(NORTH, SOUTH);
	}

	@Test
	void aLabelThatAClusterLacksDoesNotMatch() {
		Target target = target(new ClusterSelector.Labelled(Map.of("tier", "")));
		assertThat(ClusterPlan.clusters(target, INVENTORY)).isEmpty();
	}

	@Test
	void withoutAParameterAnExecutionMayTouchAll() {
		assertThat(ClusterPlan.clusters(pipeline(Map.of()), ALL, INVENTORY, Map.of())).hasSize(3);
	}

	@Test
	void aParameterOfClustersNarrowsTheTarget() {
		Pipeline pipeline = pipeline(Map.of("where", new Parameter.Clusters("", List.of())));
		assertThat(ClusterPlan.clusters(pipeline, ALL, INVENTORY, Map.of("where", List.of("north-1", "elsewhere"))))
			.containsExactly(NORTH);
	}

	@Test
	void severalParametersOfClustersAddUp() {
		Pipeline pipeline = pipeline(
				Map.of("a", new Parameter.Clusters("", List.of()), "b", new Parameter.Clusters("", List.of())));
		assertThat(ClusterPlan.clusters(pipeline, ALL, INVENTORY,
				Map.of("a", List.of("north-1"), "b", List.of("south-1"))))
			.containsExactly(SOUTH, NORTH);
	}

	@Test
	void aMissingValueIsRefusedRatherThanTakenForAll() {
		Pipeline pipeline = pipeline(Map.of("where", new Parameter.Clusters("", List.of())));
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterPlan.clusters(pipeline, ALL, INVENTORY, Map.of()));
	}

	@Test
	void withoutWavesAllGoAtOnce() {
		assertThat(ClusterPlan.waves(deploy(List.of()), INVENTORY)).containsExactly(INVENTORY);
	}

	@Test
	void clustersThatNoWaveNamesComeLast() {
		assertThat(ClusterPlan.waves(deploy(List.of(List.of("south-1"))), INVENTORY)).containsExactly(List.of(SOUTH),
				List.of(NORTH, STAGING));
	}

	@Test
	void aWaveWithoutAClusterIsLeftOut() {
		List<List<String>> waves = List.of(List.of("north-1"), List.of("south-1", "north-2"));
		assertThat(ClusterPlan.waves(deploy(waves), List.of(SOUTH))).containsExactly(List.of(SOUTH));
		assertThat(ClusterPlan.waves(deploy(waves), List.of())).isEmpty();
	}

}
