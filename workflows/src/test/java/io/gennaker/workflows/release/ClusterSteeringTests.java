package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowUpdateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterSteeringTests {

	private static final Pacing ASK = new Pacing(null, Map.of(), null, null, WhenExceeded.ASK);

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	private static ClusterSteering kim(String cluster) {
		return new ClusterSteering("south", cluster, "kim", "quota raised");
	}

	private static Stage asking(Stage.Options options) {
		return Stages.south(options, 1, 0, Duration.ZERO, ASK);
	}

	private StageEntry startAndWaitForTheQuestion(Stage.Options options) {
		this.bench.clusters.sicken("guangdong-1", "api", "pod api-1: ImagePullBackOff");
		this.bench.start(Stages.bake(), asking(options));
		return this.bench.journal.awaitStage("south", Status.WAITING);
	}

	@Test
	void beyondItsBudgetAStageMayAskInsteadOfFailing() {
		StageEntry question = startAndWaitForTheQuestion(Stages.within(Duration.ofHours(2), "bake"));
		assertThat(question.message())
			.startsWith("1 cluster failed, none may: guangdong-1 (api: pod api-1: " + "ImagePullBackOff")
			.contains("nothing new starts until an engineer retries or skips what failed, or gives up; until ");
		assertThat(question.until()).isNotNull();
		assertThat(this.bench.journal.awaitExecution(Status.WAITING).message()).startsWith("south: 1 cluster failed");
		assertThat(this.bench.clusters.touched("guangdong-2")).isFalse();
	}

	@Test
	void aRetryThatGoesWellLetsTheStageGoOn() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		this.bench.clusters.heal("guangdong-1");
		this.bench.release.retryCluster(kim("guangdong-1"));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.clusters("south", "guangdong-1")).extracting(ClusterEntry::message)
			.contains("attempt 2 asked for by kim: quota raised", "attempt 2: reads the manifests",
					"attempt 2: 5 objects healthy");
		assertThat(this.bench.journal.stage("south").message()).isEqualTo("done: guangdong-1, guangdong-2, shanghai-1");
	}

	@Test
	void whileARetryIsUnderWayNothingElseStarts() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		this.bench.clusters.heal("guangdong-1");
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.release.retryCluster(kim("guangdong-1"));
		assertThat(this.bench.journal.awaitStage("south", (entry) -> "tries guangdong-1 again".equals(entry.message()))
			.status()).isEqualTo(Status.RUNNING);
		awaitMessage("guangdong-1", "attempt 2: waits for 3 objects to become healthy");
		assertThat(this.bench.clusters.touched("guangdong-2")).isFalse();
		this.bench.clusters.letGo("guangdong-1", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aRetryThatFailsAsksAgain() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		this.bench.release.retryCluster(kim("guangdong-1"));
		this.bench.journal.awaitCluster("south", "guangdong-1", (entry) -> entry.status() == Status.FAILED
				&& String.valueOf(entry.message()).startsWith("attempt 2: "));
		this.bench.journal.awaitStage("south",
				(entry) -> entry.status() == Status.WAITING && entry.sequence() > firstQuestion().sequence());
	}

	private StageEntry firstQuestion() {
		return this.bench.journal.awaitStage("south", Status.WAITING);
	}

	@Test
	void aFailedClusterThatIsSkippedNoLongerCounts() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		this.bench.release.skipCluster(kim("guangdong-1"));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		ClusterEntry skipped = this.bench.journal.cluster("south", "guangdong-1");
		assertThat(skipped.status()).isEqualTo(Status.SKIPPED);
		assertThat(skipped.message()).startsWith("skipped by kim: quota raised. Api: pod api-1: ImagePullBackOff");
		assertThat(this.bench.journal.stage("south").message()).startsWith("done: guangdong-2, shanghai-1; skipped: ");
	}

	@Test
	void whoGivesUpLetsTheStageFail() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		this.bench.release.giveUp(new StageSteering("south", "kim", "tomorrow"));
		ReleaseResult result = this.bench.result();
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).startsWith("south: given up by kim: tomorrow. failed: guangdong-1 (")
			.endsWith("untouched: guangdong-2, shanghai-1");
	}

	@Test
	void nobodysWordEndsTheStageAtItsTimeout() {
		startAndWaitForTheQuestion(Stages.within(Duration.ofHours(2), "bake"));
		ReleaseResult result = this.bench.result();
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).startsWith("south: timed out after 2h. failed: guangdong-1 (");
	}

	@Test
	void aClusterThatHasNotStartedCanBeLeftOut() {
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake")));
		awaitMessage("guangdong-1", "waits for 3 objects to become healthy");
		this.bench.release.skipCluster(kim("shanghai-1"));
		this.bench.clusters.letGo("guangdong-1", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.touched("shanghai-1")).isFalse();
		ClusterEntry skipped = this.bench.journal.cluster("south", "shanghai-1");
		assertThat(skipped.status()).isEqualTo(Status.SKIPPED);
		assertThat(skipped.message()).isEqualTo("skipped by kim: quota raised");
	}

	@Test
	void whatWaitsForASkippedClusterStartsAtOnce() {
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake"), 1, 0, Duration.ofHours(1),
				new Pacing(null, Map.of("shanghai-1", List.of("guangdong-2")), null, null, WhenExceeded.FAIL)));
		awaitMessage("guangdong-1", "waits for 3 objects to become healthy");
		this.bench.release.skipCluster(kim("guangdong-2"));
		this.bench.clusters.letGo("guangdong-1", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stages("south")).extracting(StageEntry::status).doesNotContain(Status.WAITING);
	}

	@Test
	void aClusterThatFailedWithinTheBudgetCanBeRetriedWhileTheRestGoesOn() {
		this.bench.clusters.sicken("guangdong-1", "api", "CrashLoopBackOff");
		this.bench.clusters.hold("shanghai-1", "api");
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake"),
				List.of(List.of("guangdong-1"), List.of("guangdong-2", "shanghai-1")), null, 1, Duration.ZERO));
		awaitMessage("shanghai-1", "waits for 3 objects to become healthy");
		this.bench.clusters.heal("guangdong-1");
		this.bench.release.retryCluster(kim("guangdong-1"));
		awaitMessage("guangdong-1", "attempt 2: 5 objects healthy");
		this.bench.clusters.letGo("shanghai-1", "api");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("south").message()).isEqualTo("done: guangdong-1, guangdong-2, shanghai-1");
	}

	@Test
	void aClusterThatWentBackGoesForwardAgain() {
		this.bench.central.ran("guangdong-1", "classroom #12");
		startAndWaitForTheQuestion(Stages.onFailure(OnFailure.ROLLBACK, "bake"));
		this.bench.release.retryCluster(kim("guangdong-1"));
		this.bench.journal.awaitCluster("south", "guangdong-1", (entry) -> entry.status() == Status.FAILED
				&& String.valueOf(entry.message()).startsWith("attempt 2: "));
		assertThat(this.bench.journal.awaitStage("south",
				(entry) -> entry.status() == Status.WAITING && entry.sequence() > firstQuestion().sequence()))
			.isNotNull();
		this.bench.clusters.heal("guangdong-1");
		this.bench.release.retryCluster(kim("guangdong-1"));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.done()).filteredOn("back: healthy guangdong-1 shared"::equals).hasSize(2);
		assertThat(this.bench.journal.releases()).filteredOn((release) -> release.cluster().equals("guangdong-1"))
			.extracting(ReleaseEntry::manifests)
			.containsExactly(FakeClusters.EARLIER + "guangdong-1", FakeClusters.EARLIER + "guangdong-1",
					"sha256:guangdong-1");
	}

	@Test
	void aClusterThatDoesNotAnswerIsTriedAtOnceWhenAPersonSaysSo() {
		this.bench.clusters.silence("guangdong-1", Integer.MAX_VALUE);
		this.bench.start(Stages.bake(), asking(Stages.needs("bake")));
		awaitPlans("guangdong-1", 1);
		this.bench.clusters.silence("guangdong-1", 0);
		this.bench.release.retryCluster(kim("guangdong-1"));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		String rollout = TaskQueues.rolloutWorkflowId("0199-test", "south", "guangdong-1");
		assertThat(this.bench.environment.getWorkflowClient().fetchHistory(rollout).getEvents())
			.extracting(HistoryEvent::getEventType)
			.containsOnlyOnce(EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED);
	}

	@Test
	void aClusterThatDoesNotAnswerCanBeLeftOut() {
		this.bench.clusters.silence("guangdong-1", Integer.MAX_VALUE);
		this.bench.start(Stages.bake(), asking(Stages.needs("bake")));
		awaitPlans("guangdong-1", 1);
		this.bench.release.skipCluster(kim("guangdong-1"));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		ClusterEntry skipped = this.bench.journal.cluster("south", "guangdong-1");
		assertThat(skipped.status()).isEqualTo(Status.SKIPPED);
		assertThat(skipped.message())
			.isEqualTo("skipped by kim: quota raised. Skipped by kim: quota raised. Nothing was changed");
	}

	@Test
	void whatCannotBeRetriedOrSkippedSaysWhy() {
		startAndWaitForTheQuestion(Stages.needs("bake"));
		refused(() -> this.bench.release.retryCluster(kim("guangdong-2")), "guangdong-2 has not started yet");
		refused(() -> this.bench.release.retryCluster(kim("beijing")), "does not go to a cluster 'beijing'");
		refused(() -> this.bench.release.skipCluster(new ClusterSteering("bake", "guangdong-1", "kim", "")),
				"stage 'bake' is not a deploy");
		refused(() -> this.bench.release.skipCluster(new ClusterSteering("south-", "guangdong-1", "kim", "")),
				"has no stage 'south-'");
		this.bench.release.skipCluster(kim("guangdong-2"));
		refused(() -> this.bench.release.skipCluster(kim("guangdong-2")), "guangdong-2 was skipped already");
		this.bench.release.pause(new Steering("lin", ""));
		refused(() -> this.bench.release.retryCluster(kim("guangdong-1")),
				"the execution is paused by lin; resume it first");
	}

	@Test
	void nobodyGivesUpAStageThatDoesNotAsk() {
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake")));
		awaitMessage("guangdong-1", "waits for 3 objects to become healthy");
		refused(() -> this.bench.release.giveUp(new StageSteering("south", "kim", "")),
				"does not wait for anybody to give up");
	}

	private void awaitPlans(String cluster, int count) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (this.bench.clusters.plans(cluster) < count) {
			assertThat(System.nanoTime()).as("still " + this.bench.clusters.plans(cluster) + " tries").isLessThan(end);
			Thread.onSpinWait();
		}
	}

	private void awaitMessage(String cluster, String message) {
		this.bench.journal.awaitCluster("south", cluster, (entry) -> message.equals(entry.message()));
	}

	private static void refused(Runnable order, String words) {
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(order::run)
			.havingCause()
			.withMessageContaining(words);
	}

}
