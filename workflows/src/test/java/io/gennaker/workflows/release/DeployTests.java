package io.gennaker.workflows.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeployTests {

	private static final List<List<String>> ONE_WAVE = List.of();

	private static final List<List<String>> TWO_WAVES = List.of(List.of("guangdong-1"),
			List.of("guangdong-2", "shanghai-1"));

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void everyClusterIsAnnouncedWithItsWaveAndWhatItWaitsFor() {
		this.bench.run(Stages.bake(), Stages.south(Stages.needs("bake")));
		ClusterEntry first = first("guangdong-1");
		ClusterEntry later = first("shanghai-1");
		assertThat(first.status()).isEqualTo(Status.PENDING);
		assertThat(first.message()).isNull();
		assertThat(later.status()).isEqualTo(Status.PENDING);
		assertThat(later.wave()).isEqualTo(1);
		assertThat(later.message()).isEqualTo("waits for guangdong-1 (wave 1)");
		assertThat(later.rollout())
			.isEqualTo(new ClusterEntry.RolloutReference("classroom", "classroom", "sha256:bake", "sha256:shanghai-1"));
	}

	@Test
	void aWaveStartsWhenTheOneBeforeIsDone() {
		this.bench.run(Stages.bake(), Stages.south(Stages.needs("bake")));
		List<String> done = this.bench.clusters.done();
		assertThat(done.indexOf("apply guangdong-2 shared")).isGreaterThan(done.indexOf("healthy guangdong-1 api"));
		assertThat(done.indexOf("apply shanghai-1 shared")).isGreaterThan(done.indexOf("healthy guangdong-1 api"));
	}

	@Test
	void eachClusterTellsItsStepsAndLeavesARelease() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(this.bench.journal.clusters("beijing", "beijing")).extracting(ClusterEntry::message)
			.containsExactly(null, "reads the manifests", "applies 2 objects", "waits for 2 objects to become healthy",
					"applies 3 objects", "waits for 3 objects to become healthy", "applies 3 objects",
					"waits for 3 objects to become healthy", "8 objects healthy");
		assertThat(this.bench.journal.releases()).singleElement().satisfies((release) -> {
			assertThat(release.cluster()).isEqualTo("beijing");
			assertThat(release.manifests()).isEqualTo("sha256:beijing");
			assertThat(release.artifacts().get("api").tag()).isEqualTo("v1.9.0");
		});
	}

	@Test
	void whatTheReleaseNoLongerHasGoesOnceEverythingIsHealthy() {
		this.bench.clusters.leave("beijing", "ConfigMap", "old");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(this.bench.clusters.done()).endsWith("healthy beijing proxy, jobrunner",
				"delete beijing ConfigMap classroom/old");
		assertThat(this.bench.journal.clusters("beijing", "beijing")).extracting(ClusterEntry::message)
			.endsWith("deletes 1 object that the release no longer has", "8 objects healthy, 1 deleted");
		assertThat(this.bench.journal.releases()).hasSize(1);
	}

	@Test
	void aRefusedDeletionFailsTheCluster() {
		this.bench.clusters.leave("beijing", "ConfigMap", "old");
		this.bench.clusters.refuse("beijing", "ConfigMap classroom/old", "forbidden by policy");
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(this.bench.journal.cluster("beijing", "beijing").message()).contains("forbidden by policy")
			.contains("Everything of the release is healthy");
		assertThat(this.bench.journal.releases()).isEmpty();
	}

	@Test
	void noMoreClustersThanMaxParallelAreUnderWay() {
		Stage deploy = Stages.south(Stages.needs("bake"), ONE_WAVE, 2, 0, Duration.ZERO);
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.clusters.hold("guangdong-2", "api");
		this.bench.start(Stages.bake(), deploy);
		this.bench.journal.awaitCluster("south", "guangdong-1", DeployTests::waitsForHealthOfApi);
		this.bench.journal.awaitCluster("south", "guangdong-2", DeployTests::waitsForHealthOfApi);
		assertThat(this.bench.clusters.touched("shanghai-1")).isFalse();
		assertThat(first("shanghai-1").message()).isEqualTo("waits for its turn, 2 at a time");
		this.bench.clusters.letGo("guangdong-1", "api");
		this.bench.journal.awaitCluster("south", "shanghai-1", (entry) -> entry.status() == Status.SUCCEEDED);
		this.bench.clusters.letGo("guangdong-2", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.mostUnderWay()).isEqualTo(2);
	}

	@Test
	void aWaveSoaksBeforeTheNext() {
		this.bench.run(Stages.bake(), Stages.south(Stages.needs("bake"), TWO_WAVES, null, 0, Duration.ofMinutes(5)));
		StageEntry soaking = this.bench.journal.awaitStage("south", Status.WAITING);
		assertThat(soaking.message()).startsWith("wave 1 soaks 5m, until ");
		assertThat(soaking.until()).isEqualTo(soaking.at().plus(Duration.ofMinutes(5)));
		assertThat(Duration.between(soaking.at(), startOf("shanghai-1"))).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
		assertThat(this.bench.journal.stages("south")).filteredOn((entry) -> entry.status() == Status.WAITING)
			.hasSize(1);
	}

	@Test
	void aFailedWaveLeavesLaterClustersUntouchedAndSaysSo() {
		this.bench.clusters.sicken("guangdong-1", "api", "pod api-1: ImagePullBackOff: not found");
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.south(Stages.needs("bake")));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).startsWith("south: failed: guangdong-1 (api: pod api-1: ImagePullBackOff: not found")
			.endsWith("untouched: guangdong-2, shanghai-1");
		assertThat(this.bench.clusters.touched("shanghai-1")).isFalse();
		ClusterEntry untouched = this.bench.journal.cluster("south", "shanghai-1");
		assertThat(untouched.status()).isEqualTo(Status.SKIPPED);
		assertThat(untouched.message()).isEqualTo("untouched: guangdong-1 failed");
		assertThat(this.bench.journal.releases()).isEmpty();
	}

	@Test
	void aRefusedObjectIsToldWithWhatWasAndWasNotDone() {
		this.bench.clusters.refuse("beijing", "api", "Deployment api: field is immutable");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		ClusterEntry end = this.bench.journal.cluster("beijing", "beijing");
		assertThat(end.status()).isEqualTo(Status.FAILED);
		assertThat(end.group()).isEqualTo("api");
		assertThat(end.message()).isEqualTo("api: Deployment api: field is immutable. "
				+ "Done: shared; api perhaps in part; untouched: proxy, jobrunner");
	}

	@Test
	void failuresWithinTheBudgetLetTheStageGoOn() {
		this.bench.clusters.sicken("guangdong-1", "api", "pod api-1: CrashLoopBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.south(Stages.needs("bake"), TWO_WAVES, null, 1, Duration.ZERO));
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("south").message())
			.startsWith("done: guangdong-2, shanghai-1; failed: guangdong-1 (");
		assertThat(this.bench.journal.releases()).extracting(ReleaseEntry::cluster)
			.containsExactlyInAnyOrder("guangdong-2", "shanghai-1");
	}

	@Test
	void aSpentBudgetStopsFurtherClustersOfTheSameWave() {
		this.bench.clusters.sicken("guangdong-1", "api", "unhealthy");
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.south(Stages.needs("bake"), ONE_WAVE, 1, 0, Duration.ZERO));
		assertThat(result.cause()).endsWith("untouched: guangdong-2, shanghai-1");
		assertThat(this.bench.clusters.touched("guangdong-2")).isFalse();
	}

	@Test
	void aClusterThatDoesNotAnswerIsTriedAgain() {
		this.bench.clusters.silence("beijing", 3);
		assertThat(this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake"))).status())
			.isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aClusterThatNeverAnswersFailsWhenTheTimeIsUp() {
		this.bench.clusters.silence("beijing", Integer.MAX_VALUE);
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(result.cause()).contains("beijing", "connection refused", "Nothing was changed");
	}

	@Test
	void aDeployThatTakesTooLongFailsAndSaysHowFarItCame() {
		this.bench.clusters.silence("shanghai-1", Integer.MAX_VALUE);
		Stage.Deploy deploy = new Stage.Deploy("south", Stages.within(Duration.ofMinutes(30), "bake"), "south", null,
				List.of(), TWO_WAVES, null, 0, Duration.ofMinutes(20));
		ReleaseResult result = this.bench.run(Stages.bake(), deploy);
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).startsWith("south: timed out after 30m. done: guangdong-1, guangdong-2; "
				+ "canceled: shanghai-1 (timed out after 30m. Nothing was changed)");
	}

	@Test
	void onlyChosenClustersAreTouched() {
		ReleaseRequest request = Stages.request(Stages.pipeline(Stages.bake(), Stages.beijing(Stages.needs("bake")),
				Stages.south(Stages.needs("beijing"))), List.of("shanghai-1"));
		assertThat(this.bench.start(request).result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("beijing").status()).isEqualTo(Status.SKIPPED);
		assertThat(this.bench.journal.stage("beijing").message())
			.isEqualTo("the execution goes to no cluster of target 'beijing'");
		assertThat(this.bench.central.bakes.getFirst().destinations()).hasSize(1);
		assertThat(this.bench.clusters.touched("guangdong-1")).isFalse();
		assertThat(this.bench.clusters.touched("shanghai-1")).isTrue();
	}

	@Test
	void aDeployWhoseBakeWasSkippedIsSkipped() {
		ReleaseResult result = this.bench.run(Stages.bake("bake", Stages.when("false")),
				Stages.beijing(Stages.needs("bake")));
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("beijing").message())
			.isEqualTo("stage 'bake' was skipped, so there is nothing to roll out");
	}

	@Test
	void aRolloutThatCannotStartFailsItsCluster() {
		WorkflowOptions taken = WorkflowOptions.newBuilder()
			.setTaskQueue("nobody-serves-this")
			.setWorkflowId(TaskQueues.rolloutWorkflowId("0199-test", "beijing", "beijing"))
			.build();
		this.bench.environment.getWorkflowClient().newUntypedWorkflowStub("Other", taken).start();
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).contains("its workflow was ended from outside");
		assertThat(this.bench.journal.cluster("beijing", "beijing").status()).isEqualTo(Status.FAILED);
	}

	private static boolean waitsForHealthOfApi(ClusterEntry entry) {
		return "api".equals(entry.group()) && String.valueOf(entry.message()).startsWith("waits for");
	}

	private ClusterEntry first(String cluster) {
		return this.bench.journal.clusters("south", cluster).getFirst();
	}

	private Instant startOf(String cluster) {
		return this.bench.journal.awaitCluster("south", cluster, (entry) -> entry.status() == Status.RUNNING).at();
	}

}
