package io.gennaker.workflows.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaveTests {

	private static final Duration SOAK = Duration.ofMinutes(5);

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	private static Stage south(Integer maxParallel, int budget, Duration soak, Pacing pacing) {
		return Stages.south(Stages.needs("bake"), maxParallel, budget, soak, pacing);
	}

	private static Pacing after(Map<String, List<String>> after) {
		return new Pacing(null, after, null, null, WhenExceeded.FAIL);
	}

	private static Pacing canary(String cluster) {
		return new Pacing(null, Map.of(), cluster, null, WhenExceeded.FAIL);
	}

	private static Pacing percent(int percent) {
		return new Pacing(null, Map.of(), null, percent, WhenExceeded.FAIL);
	}

	@Test
	void aClusterStartsWhenThoseThatItNamesAreDoneWhateverElseIsUnderWay() {
		this.bench.clusters.hold("shanghai-1", "api");
		this.bench.start(Stages.bake(),
				south(null, 0, Duration.ZERO, after(Map.of("guangdong-2", List.of("guangdong-1")))));
		awaitCluster("guangdong-2", Status.SUCCEEDED);
		assertThat(this.bench.journal.cluster("south", "shanghai-1").status()).isEqualTo(Status.RUNNING);
		List<String> done = this.bench.clusters.done();
		assertThat(done.indexOf("apply guangdong-2 shared")).isGreaterThan(done.indexOf("healthy guangdong-1 api"));
		this.bench.clusters.letGo("shanghai-1", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void whatWaitsIsAnnouncedWithItsWaveAndForWhat() {
		this.bench.run(Stages.bake(),
				south(null, 0, Duration.ZERO, after(Map.of("guangdong-2", List.of("guangdong-1")))));
		ClusterEntry first = this.bench.journal.clusters("south", "guangdong-2").getFirst();
		assertThat(first.wave()).isEqualTo(1);
		assertThat(first.message()).isEqualTo("waits for guangdong-1");
		assertThat(this.bench.journal.clusters("south", "shanghai-1").getFirst().message()).isNull();
	}

	@Test
	void groupsByRegionWaitForAllOfThoseThatTheyName() {
		this.bench.clusters.hold("guangdong-2", "api");
		this.bench.start(Stages.bake(), south(null, 0, Duration.ZERO,
				new Pacing("region", Map.of("shanghai", List.of("guangdong")), null, null, WhenExceeded.FAIL)));
		awaitCluster("guangdong-1", Status.SUCCEEDED);
		assertThat(this.bench.clusters.touched("shanghai-1")).isFalse();
		assertThat(this.bench.journal.clusters("south", "shanghai-1").getFirst().message())
			.isEqualTo("waits for guangdong-1, guangdong-2 (region guangdong)");
		this.bench.clusters.letGo("guangdong-2", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void byALabelAloneGroupsGoOneAfterTheOther() {
		this.bench.run(Stages.bake(),
				south(null, 0, Duration.ZERO, new Pacing("region", Map.of(), null, null, WhenExceeded.FAIL)));
		assertThat(this.bench.journal.stages("south")).extracting(StageEntry::message)
			.contains("wave 1 of 2 (region guangdong): guangdong-1, guangdong-2",
					"wave 2 of 2 (region shanghai): shanghai-1");
	}

	@Test
	void eachGroupSoaksForItselfBeforeWhatNamesIt() {
		this.bench.run(Stages.bake(), south(null, 0, SOAK, after(Map.of("guangdong-2", List.of("guangdong-1")))));
		StageEntry soaking = this.bench.journal.awaitStage("south", Status.WAITING);
		assertThat(soaking.message()).startsWith("guangdong-1 soaks 5m, until ")
			.endsWith(", before guangdong-2 starts");
		assertThat(startOf("guangdong-2")).isAfterOrEqualTo(endOf("guangdong-1").plus(SOAK));
		assertThat(startOf("shanghai-1")).isBefore(soaking.at());
	}

	@Test
	void maxParallelSpansTheWholeGraph() {
		this.bench.run(Stages.bake(), south(1, 0, Duration.ZERO, after(Map.of("guangdong-2", List.of("guangdong-1")))));
		assertThat(this.bench.clusters.mostUnderWay()).isEqualTo(1);
	}

	@Test
	void theCanaryClusterGoesAloneAndSoaksBeforeAllOthers() {
		this.bench.run(Stages.bake(), south(null, 0, SOAK, canary("guangdong-2")));
		assertThat(startOf("guangdong-1")).isAfterOrEqualTo(endOf("guangdong-2").plus(SOAK));
		assertThat(startOf("shanghai-1")).isAfterOrEqualTo(endOf("guangdong-2").plus(SOAK));
	}

	@Test
	void aCanaryClusterThatFailsStopsAllWhateverTheBudget() {
		this.bench.clusters.sicken("guangdong-2", "api", "CrashLoopBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(), south(null, 2, Duration.ZERO, canary("guangdong-2")));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).endsWith("untouched: guangdong-1, shanghai-1");
	}

	@Test
	void aBudgetInPercentIsOfTheStagesClusters() {
		this.bench.clusters.sicken("guangdong-1", "api", "CrashLoopBackOff");
		assertThat(this.bench.run(Stages.bake(), south(1, 0, Duration.ZERO, percent(34))).status())
			.isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aBudgetInPercentThatIsRoundedDownToNothingAllowsNothing() {
		this.bench.clusters.sicken("guangdong-1", "api", "CrashLoopBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(), south(1, 0, Duration.ZERO, percent(33)));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).endsWith("untouched: guangdong-2, shanghai-1");
	}

	private void awaitCluster(String cluster, Status status) {
		this.bench.journal.awaitCluster("south", cluster, (entry) -> entry.status() == status);
	}

	private Instant startOf(String cluster) {
		return this.bench.journal.awaitCluster("south", cluster, (entry) -> entry.status() == Status.RUNNING).at();
	}

	private Instant endOf(String cluster) {
		return this.bench.journal.awaitCluster("south", cluster, (entry) -> entry.status() == Status.SUCCEEDED).at();
	}

}
