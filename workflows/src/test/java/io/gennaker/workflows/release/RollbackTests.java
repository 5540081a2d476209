package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RollbackTests {

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aClusterThatFailedGoesBackAtOnceInReverseOrder() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.sicken("beijing", "proxy, jobrunner", "pod proxy-1: CrashLoopBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(this.bench.clusters.done()).endsWith("back: apply beijing shared", "back: healthy beijing shared",
				"back: apply beijing proxy, jobrunner", "back: healthy beijing proxy, jobrunner",
				"back: apply beijing api", "back: healthy beijing api");
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).contains("pod proxy-1: CrashLoopBackOff", "beijing went back to classroom #12");
		ClusterEntry end = this.bench.journal.cluster("beijing", "beijing");
		assertThat(end.status()).isEqualTo(Status.FAILED);
		assertThat(end.message()).contains("pod proxy-1: CrashLoopBackOff").endsWith("Went back to classroom #12");
		assertThat(end.rollout().manifests()).isEqualTo(FakeClusters.EARLIER + "beijing");
		assertThat(this.bench.journal.releases()).extracting(ReleaseEntry::manifests)
			.containsExactly(FakeClusters.EARLIER + "beijing");
	}

	@Test
	void whatOnlyTheNewerReleaseHadGoesAway() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.leave("beijing", "ConfigMap", "newer");
		this.bench.clusters.sicken("beijing", "api", "pod api-1: CrashLoopBackOff");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(this.bench.clusters.done()).endsWith("back: healthy beijing api",
				"back: delete beijing ConfigMap classroom/newer");
	}

	@Test
	void itsStepsSayThatItGoesBack() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.refuse("beijing", "api", "field is immutable");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(this.bench.journal.clusters("beijing", "beijing")).extracting(ClusterEntry::message)
			.contains("goes back to classroom #12: reads the manifests",
					"goes back to classroom #12: applies 3 objects");
	}

	@Test
	void aClusterThatRanNothingBeforeStaysAndSaysSo() {
		this.bench.clusters.refuse("beijing", "api", "field is immutable");
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(result.cause()).contains("beijing stays as it is: nothing ran there before");
		assertThat(this.bench.journal.cluster("beijing", "beijing").message())
			.endsWith("Nothing ran there before to go back to");
	}

	@Test
	void onlyWhatFailedGoesBack() {
		List.of("guangdong-1", "guangdong-2", "shanghai-1")
			.forEach((cluster) -> this.bench.central.ran(cluster, "classroom #12"));
		this.bench.clusters.sicken("guangdong-2", "api", "pod api-1: ImagePullBackOff");
		this.bench.run(Stages.bake(), Stages.south(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(back()).allMatch((what) -> what.contains("guangdong-2")).isNotEmpty();
		assertThat(this.bench.journal.cluster("south", "guangdong-1").status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.cluster("south", "shanghai-1").status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void withinTheBudgetTheStageGoesOnWhileTheFailedOneGoesBack() {
		this.bench.central.ran("guangdong-1", "classroom #12");
		this.bench.clusters.sicken("guangdong-1", "api", "pod api-1: ImagePullBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.south(Stages.onFailure(OnFailure.ROLLBACK, "bake"),
				List.of(List.of("guangdong-1"), List.of("guangdong-2", "shanghai-1")), null, 1, Duration.ZERO));
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(back()).isNotEmpty();
		assertThat(this.bench.journal.stage("south").message()).contains("done: guangdong-2, shanghai-1",
				"guangdong-1 went back to classroom #12");
	}

	@Test
	void rollbackAllTakesTheWholeExecutionBackTheLastFirst() {
		Stages.INVENTORY.forEach((cluster) -> this.bench.central.ran(cluster.name(), "classroom #12"));
		this.bench.clusters.sicken("shanghai-1", "api", "pod api-1: ImagePullBackOff");
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")),
				Stages.south(Stages.onFailure(OnFailure.ROLLBACK_ALL, "beijing")));
		List<String> back = back();
		assertThat(back.indexOf("back: apply guangdong-1 shared"))
			.isGreaterThan(back.indexOf("back: healthy guangdong-2 api"));
		assertThat(back.indexOf("back: apply beijing shared"))
			.isGreaterThan(back.indexOf("back: healthy guangdong-1 api"));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).contains("pod api-1: ImagePullBackOff").contains("went back to classroom #12");
		ClusterEntry beijing = this.bench.journal.cluster("beijing", "beijing");
		assertThat(beijing.status()).isEqualTo(Status.CANCELED);
		assertThat(beijing.message()).isEqualTo("'south' failed. Went back to classroom #12");
		assertThat(this.bench.journal.releases()
			.stream()
			.filter((release) -> release.manifests().startsWith(FakeClusters.EARLIER))
			.map(ReleaseEntry::cluster))
			.containsExactlyInAnyOrder("beijing", "guangdong-1", "guangdong-2", "shanghai-1");
	}

	@Test
	void aStageThatRanOutOfTimeTakesBackWhatItHadToStop() {
		this.bench.central.ran("guangdong-2", "classroom #12");
		this.bench.clusters.silence("guangdong-2", 30);
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.south(new Stage.Options(List.of("bake"), null, Duration.ofMinutes(30), OnFailure.ROLLBACK),
						List.of(List.of("guangdong-1"), List.of("guangdong-2")), null, 0, Duration.ofMinutes(20)));
		assertThat(result.cause()).contains("timed out after 30m", "guangdong-2 went back to classroom #12");
		assertThat(back()).allMatch((what) -> what.contains("guangdong-2"));
	}

	@Test
	void aPersonsCancellationTakesNothingBack() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.hold("beijing", "api");
		this.bench.start(Stages.bake(), Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK_ALL, "bake")));
		this.bench.journal.awaitCluster("beijing", "beijing",
				(entry) -> "waits for 3 objects to become healthy".equals(entry.message()));
		this.bench.release.cancel(new Steering("kim", "wrong day"));
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(back()).isEmpty();
	}

	@Test
	void aWayBackThatFailsIsToldBesideTheCause() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.refuse("beijing", "api", "field is immutable");
		this.bench.clusters.refuseBack("beijing", "shared", "quota exceeded");
		ReleaseResult result = this.bench.run(Stages.bake(),
				Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(result.cause()).contains("field is immutable", "could not go back to classroom #12",
				"quota exceeded");
	}

	private List<String> back() {
		return this.bench.clusters.done().stream().filter((what) -> what.startsWith("back: ")).toList();
	}

}
