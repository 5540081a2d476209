package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.plan.StageGraph;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExamplePipelineTests {

	private final Pipeline classroom = read();

	private static Pipeline read() {
		ReadResult result = new PipelineReader().read(ExampleFiles.classroom(), ExampleFiles.INVENTORY);
		assertThat(result).isInstanceOf(ReadResult.Valid.class);
		return ((ReadResult.Valid) result).pipeline();
	}

	@Test
	void itsStagesStandInARow() {
		assertThat(new StageGraph(this.classroom).columns())
			.extracting(column -> column.stream().map(Stage::id).toList())
			.containsExactly(List.of("bake"), List.of("beijing"), List.of("go-south"), List.of("south"));
	}

	@Test
	void theSouthGoesInWaves() {
		Stage.Deploy south = (Stage.Deploy) this.classroom.stages().get("south");
		List<Cluster> clusters = ClusterPlan.clusters(this.classroom.targets().get("south"), ExampleFiles.INVENTORY);
		assertThat(ClusterPlan.waves(south, clusters)).extracting(wave -> wave.stream().map(Cluster::name).toList())
			.containsExactly(List.of("guangdong"), List.of("shanghai"));
		assertThat(south.soak()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void theGateWantsAReleaseManagerOtherThanTheStarter() {
		Stage.Approval gate = (Stage.Approval) this.classroom.stages().get("go-south");
		assertThat(gate.approvers().groups()).containsExactly("release-managers");
		assertThat(gate.selfApproval()).isFalse();
		assertThat(gate.options().timeout()).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void theMirrorComesFirstThenTheApiThenTheRest() {
		Stage.Deploy beijing = (Stage.Deploy) this.classroom.stages().get("beijing");
		assertThat(beijing.order()).containsExactly(List.of("registry-mirror"), List.of("api"),
				List.of("proxy", "jobrunner"));
	}

	@Test
	void everyClusterHasItsValuesFiles() {
		PipelineFiles files = ExampleFiles.classroom();
		Expressions expressions = new Expressions();
		this.classroom.targets()
			.values()
			.forEach(target -> ClusterPlan.clusters(target, ExampleFiles.INVENTORY).forEach(cluster -> {
				ExpressionContext here = new ExpressionContext(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
						cluster);
				assertThat(target.values()).isNotEmpty()
					.allSatisfy(file -> assertThat(files.text(expressions.text(file, here)))
						.contains("region: " + cluster.name()));
			}));
	}

	@Test
	void everyImageHasADefault() {
		assertThat(this.classroom.artifacts().values())
			.allSatisfy(artifact -> assertThat(artifact.defaultReference()).isNotNull());
	}

}
