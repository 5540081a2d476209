package io.gennaker.pipelines.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterOrder.Group;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClusterOrderTests {

	private static final List<Cluster> CLUSTERS = List.of(cluster("beijing-1", "beijing", "edge"),
			cluster("guangdong-1", "guangdong", "edge"), cluster("guangdong-2", "guangdong", "core"),
			cluster("shanghai-1", "shanghai", "core"), new Cluster("lab-1", "lab", Map.of()));

	private static Cluster cluster(String name, String region, String tier) {
		return new Cluster(name, region, Map.of("tier", tier));
	}

	private static Stage.Deploy deploy(@Nullable String by, Map<String, List<String>> after, @Nullable String canary) {
		return deploy(List.of(), new Pacing(by, after, canary, null, WhenExceeded.FAIL));
	}

	private static Stage.Deploy deploy(List<List<String>> waves, Pacing pacing) {
		return new Stage.Deploy("roll", Stage.Options.NONE, "all", null, List.of(), waves, null, 0, Duration.ZERO,
				Applying.DEFAULT, pacing);
	}

	private static List<Cluster> without(String... names) {
		return CLUSTERS.stream().filter(cluster -> !List.of(names).contains(cluster.name())).toList();
	}

	private static List<String> told(ClusterOrder order) {
		return order.groups().stream().map(ClusterOrderTests::told).toList();
	}

	private static String told(Group group) {
		return group.name() + " " + group.clusters().stream().map(Cluster::name).toList() + " after " + group.after();
	}

	@Test
	void listedWavesAreAChain() {
		ClusterOrder order = ClusterOrder.of(deploy(List.of(List.of("guangdong-1")), Pacing.NONE), CLUSTERS);
		assertThat(order.chain()).isTrue();
		assertThat(told(order)).containsExactly("wave 1 [guangdong-1] after []",
				"wave 2 [beijing-1, guangdong-2, shanghai-1, lab-1] after [wave 1]");
	}

	@Test
	void byALabelAloneOneGroupFollowsTheOther() {
		ClusterOrder order = ClusterOrder.of(deploy("region", Map.of(), null), CLUSTERS);
		assertThat(order.chain()).isTrue();
		assertThat(told(order)).containsExactly("region beijing [beijing-1] after []",
				"region guangdong [guangdong-1, guangdong-2] after [region beijing]",
				"region shanghai [shanghai-1] after [region guangdong]", "region lab [lab-1] after [region shanghai]");
	}

	@Test
	void withEdgesGroupsWaitForNothingElse() {
		ClusterOrder order = ClusterOrder.of(deploy("region", Map.of("shanghai", List.of("guangdong")), null),
				CLUSTERS);
		assertThat(order.chain()).isFalse();
		assertThat(told(order)).containsExactly("region beijing [beijing-1] after []",
				"region guangdong [guangdong-1, guangdong-2] after []", "region lab [lab-1] after []",
				"region shanghai [shanghai-1] after [region guangdong]");
		assertThat(order.groupOf("shanghai-1").wave()).isEqualTo(1);
	}

	@Test
	void clustersWithoutTheLabelComeLast() {
		assertThat(told(ClusterOrder.of(deploy("tier", Map.of("core", List.of("edge")), null), CLUSTERS)))
			.containsExactly("tier edge [beijing-1, guangdong-1] after []",
					"tier core [guangdong-2, shanghai-1] after [tier edge]",
					"without tier [lab-1] after [tier edge, tier core]");
		assertThat(told(ClusterOrder.of(deploy("tier", Map.of(), null), CLUSTERS)).getLast())
			.isEqualTo("without tier [lab-1] after [tier core]");
	}

	@Test
	void singleClustersMayWaitForOthers() {
		ClusterOrder order = ClusterOrder
			.of(deploy(null, Map.of("guangdong-2", List.of("guangdong-1", "beijing-1")), null), CLUSTERS);
		assertThat(told(order)).containsExactly("beijing-1 [beijing-1] after []", "guangdong-1 [guangdong-1] after []",
				"shanghai-1 [shanghai-1] after []", "lab-1 [lab-1] after []",
				"guangdong-2 [guangdong-2] after [guangdong-1, beijing-1]");
	}

	@Test
	void whatTheExecutionLeavesOutIsNotWaitedFor() {
		Stage.Deploy deploy = deploy(null, Map.of("guangdong-2", List.of("guangdong-1")), null);
		assertThat(ClusterOrder.of(deploy, without("guangdong-1")).groupOf("guangdong-2").after()).isEmpty();
	}

	@Test
	void whatALeftOutOneWaitsForStillCounts() {
		Stage.Deploy deploy = deploy("region",
				Map.of("shanghai", List.of("guangdong"), "guangdong", List.of("beijing")), null);
		ClusterOrder order = ClusterOrder.of(deploy, without("guangdong-1", "guangdong-2"));
		assertThat(order.groupOf("shanghai-1").after()).containsExactly("region beijing");
	}

	@Test
	void theCanaryClusterGoesBeforeAllOthers() {
		assertThat(told(ClusterOrder.of(deploy(null, Map.of("guangdong-2", List.of("guangdong-1")), "shanghai-1"),
				without("lab-1"))))
			.containsExactly("canary cluster [shanghai-1] after []", "beijing-1 [beijing-1] after [canary cluster]",
					"guangdong-1 [guangdong-1] after [canary cluster]",
					"guangdong-2 [guangdong-2] after [guangdong-1]");
	}

	@Test
	void theCanaryClusterGoesBeforeListedWavesToo() {
		Pacing pacing = new Pacing(null, Map.of(), "lab-1", null, WhenExceeded.FAIL);
		ClusterOrder order = ClusterOrder.of(deploy(List.of(List.of("beijing-1", "lab-1")), pacing),
				without("guangdong-1", "guangdong-2"));
		assertThat(told(order)).containsExactly("canary cluster [lab-1] after []",
				"wave 2 [beijing-1] after [canary cluster]", "wave 3 [shanghai-1] after [wave 2]");
	}

	@Test
	void aCanaryClusterThatIsLeftOutHoldsNobody() {
		assertThat(ClusterOrder
			.of(deploy("region", Map.of("shanghai", List.of("beijing")), "guangdong-1"), without("guangdong-1"))
			.groupOf("beijing-1")
			.after()).isEmpty();
	}

	@Test
	void aGroupThatWaitsForItselfIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterOrder.of(
				deploy("region", Map.of("beijing", List.of("shanghai"), "shanghai", List.of("beijing")), null),
				CLUSTERS));
	}

	@Test
	void wavesFollowTheLongestWay() {
		Stage.Deploy deploy = deploy(null,
				Map.of("guangdong-2", List.of("guangdong-1"), "shanghai-1", List.of("beijing-1", "guangdong-2")), null);
		assertThat(ClusterPlan.waves(deploy, without("lab-1")))
			.extracting(wave -> wave.stream().map(Cluster::name).toList())
			.containsExactly(List.of("beijing-1", "guangdong-1"), List.of("guangdong-2"), List.of("shanghai-1"));
	}

	@Test
	void aBudgetInPercentIsRoundedDown() {
		Stage.Deploy deploy = deploy(List.of(), new Pacing(null, Map.of(), null, 10, WhenExceeded.FAIL));
		assertThat(Stream.of(9, 10, 19, 60).map(deploy::failuresAllowed)).containsExactly(0, 1, 1, 6);
	}

}
