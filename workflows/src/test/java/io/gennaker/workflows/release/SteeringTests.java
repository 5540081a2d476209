package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.gate.GateVerdict.Outcome;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.Status;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SteeringTests {

	private static final Steering KIM = new Steering("kim", "wrong tag");

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aPausedReleaseStartsNoStageUntilItIsResumed() {
		this.bench.start(Stages.bake(), Stages.gate("go", 1, Stages.needs("bake")), Stages.beijing(Stages.needs("go")));
		this.bench.journal.awaitStage("go", Status.WAITING);
		this.bench.release.pause(KIM);
		assertThat(this.bench.journal.awaitExecution(Status.PAUSED).message()).isEqualTo("paused by kim: wrong tag");
		this.bench.decide("go", new GateVerdict(Outcome.APPROVED, "noor", "", 0));
		this.bench.journal.awaitStage("go", Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("beijing").status()).isEqualTo(Status.PENDING);
		assertThat(this.bench.release.snapshot().status()).isEqualTo(Status.PAUSED);
		this.bench.release.resume(KIM);
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aPausedDeployStartsNoFurtherClusterUntilItIsResumed() {
		startSouthHeldAtItsFirstCluster();
		this.bench.release.pause(KIM);
		this.bench.clusters.letGo("guangdong-1", "api");
		assertThat(this.bench.journal.awaitStage("south", Status.PAUSED).message())
			.isEqualTo("paused by kim: wrong tag. Not gone on with: wave 2 of 2: guangdong-2, shanghai-1");
		assertThat(this.bench.clusters.touched("shanghai-1")).isFalse();
		this.bench.release.resume(KIM);
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.touched("shanghai-1")).isTrue();
	}

	@Test
	void timersOfGatesGoOnDuringAPause() {
		this.bench.start(Stages.gate("go", 1, Stages.within(Duration.ofHours(1))));
		this.bench.journal.awaitStage("go", Status.WAITING);
		this.bench.release.pause(KIM);
		assertThat(this.bench.result().cause()).isEqualTo("go: timed out with 0 of 1 approval");
	}

	@Test
	void pauseAndResumeAreRefusedWhereTheyMeanNothing() {
		this.bench.start(Stages.gate("go", 1, Stage.Options.NONE));
		this.bench.journal.awaitStage("go", Status.WAITING);
		refused(() -> this.bench.release.resume(KIM), "the execution is not paused");
		this.bench.release.pause(KIM);
		refused(() -> this.bench.release.pause(new Steering("noor", "")), "the execution is paused already, by kim");
	}

	@Test
	void aReleaseCanceledAtItsGateClosesItAndTouchesNothing() {
		this.bench.start(Stages.bake(), Stages.gate("go", 1, Stages.needs("bake")), Stages.beijing(Stages.needs("go")));
		this.bench.journal.awaitStage("go", Status.WAITING);
		this.bench.release.cancel(KIM);
		ReleaseResult result = this.bench.result();
		assertThat(result).isEqualTo(new ReleaseResult(Status.CANCELED,
				"canceled by kim: wrong tag. beijing: canceled by kim: wrong tag; it had not started"));
		assertThat(this.bench.journal.stage("go").status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.journal.stage("beijing").status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.central.closings).containsExactly("go: canceled");
		assertThat(this.bench.journal.execution().status()).isEqualTo(Status.CANCELED);
	}

	@Test
	void aReleaseCanceledInMidRolloutSaysWhatWasDoneAndWhatNot() {
		startSouthHeldAtItsFirstCluster();
		this.bench.release.cancel(KIM);
		ReleaseResult result = this.bench.result();
		assertThat(result.status()).isEqualTo(Status.CANCELED);
		assertThat(result.cause()).isEqualTo("canceled by kim: wrong tag. south: canceled by kim: wrong tag. "
				+ "canceled: guangdong-1 (api: canceled by kim: wrong tag. Done: shared; api applied, not yet healthy); "
				+ "untouched: guangdong-2, shanghai-1");
		ClusterEntry held = this.bench.journal.cluster("south", "guangdong-1");
		assertThat(held.status()).isEqualTo(Status.CANCELED);
		assertThat(held.message()).contains("Done: shared; api applied, not yet healthy");
		assertThat(this.bench.journal.cluster("south", "shanghai-1").status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.journal.cluster("south", "shanghai-1").message())
			.isEqualTo("untouched: canceled by kim: wrong tag");
	}

	@Test
	void aReleaseCanceledWhileAWaveSoaksLeavesTheNextUntouched() {
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake"),
				List.of(List.of("guangdong-1"), List.of("guangdong-2", "shanghai-1")), null, 0, Duration.ofHours(1)));
		this.bench.journal.awaitStage("south", Status.WAITING);
		this.bench.release.cancel(KIM);
		assertThat(this.bench.result().cause()).endsWith("done: guangdong-1; untouched: guangdong-2, shanghai-1");
	}

	@Test
	void aReleaseCanceledWhilePausedEnds() {
		startSouthHeldAtItsFirstCluster();
		this.bench.release.pause(KIM);
		this.bench.clusters.letGo("guangdong-1", "api");
		this.bench.journal.awaitStage("south", Status.PAUSED);
		this.bench.release.cancel(KIM);
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
	}

	@Test
	void aReleaseCanceledDuringAWaitEnds() {
		this.bench.start(Stages.pause("cool-down", Stage.Options.NONE));
		this.bench.journal.awaitStage("cool-down", Status.WAITING);
		this.bench.release.cancel(new Steering("kim", ""));
		assertThat(this.bench.result()).isEqualTo(new ReleaseResult(Status.CANCELED, "canceled by kim"));
		assertThat(this.bench.journal.stage("cool-down").message()).isEqualTo("canceled by kim");
	}

	@Test
	void aReleaseCanceledBeforeItsImagesAreBoundStartsNothing() {
		this.bench.central.binding = new CountDownLatch(1);
		this.bench.start(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		this.bench.central.awaitArrival();
		this.bench.release.cancel(KIM);
		this.bench.central.binding.countDown();
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.central.bakes).isEmpty();
	}

	@Test
	void cancelingInTemporalIsTheSameAndIsJournalled() {
		startSouthHeldAtItsFirstCluster();
		WorkflowStub.fromTyped(this.bench.release).cancel();
		ClusterEntry end = this.bench.journal.awaitCluster("south", "guangdong-1",
				(entry) -> entry.status() == Status.CANCELED);
		assertThat(end.message()).contains("canceled by an operator of Temporal");
		assertThat(this.bench.journal.awaitExecution(Status.CANCELED).message()).contains("untouched: guangdong-2");
	}

	@Test
	void whatIsBeingCanceledTakesNoOrders() {
		startSouthHeldAtItsFirstCluster();
		this.bench.release.cancel(KIM);
		refused(() -> this.bench.release.cancel(KIM), "");
	}

	private void startSouthHeldAtItsFirstCluster() {
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.start(Stages.bake(), Stages.south(Stages.needs("bake")));
		this.bench.journal.awaitCluster("south", "guangdong-1",
				(entry) -> "api".equals(entry.group()) && String.valueOf(entry.message()).startsWith("waits for"));
	}

	private static void refused(Runnable order, String words) {
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(order::run)
			.havingCause()
			.withMessageContaining(words);
	}

}
