package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.gate.GateVerdict.Outcome;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.temporal.client.WorkflowUpdateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GateTests {

	private static final GateVerdict APPROVED = new GateVerdict(Outcome.APPROVED, "kim", "looks good", 0);

	private static final GateVerdict REJECTED = new GateVerdict(Outcome.REJECTED, "noor", "errors in the log", 1);

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aGateHoldsBackWhatNeedsItAndSaysForWhomItWaits() {
		startWithGate(1, Stages.within(Duration.ofHours(24), "bake"));
		StageEntry waiting = awaitGate();
		assertThat(waiting.message()).startsWith("waits for 1 approval from release-managers; until ").endsWith(" UTC");
		assertThat(waiting.until()).isEqualTo(waiting.at().plus(Duration.ofHours(24)));
		this.bench.journal.awaitExecution(Status.WAITING);
		assertThat(this.bench.release.snapshot().message()).startsWith("go: waits for 1 approval");
		assertThat(this.bench.clusters.touched("beijing")).isFalse();
		assertThat(this.bench.central.openings.getFirst().ahead()).containsExactly("beijing");
	}

	@Test
	void anApprovalLetsTheReleaseGoOn() {
		startWithGate(1, Stages.needs("bake"));
		awaitGate();
		this.bench.decide("go", APPROVED);
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("go").message()).isEqualTo("approved by kim: looks good");
		assertThat(this.bench.central.closings).containsExactly("go: approved by kim: looks good");
	}

	@Test
	void aRejectionFailsTheGateWithWhoAndWhy() {
		startWithGate(2, Stages.needs("bake"));
		awaitGate();
		this.bench.decide("go", REJECTED);
		assertThat(this.bench.result())
			.isEqualTo(new ReleaseResult(Status.FAILED, "go: rejected by noor: errors in the log"));
		assertThat(this.bench.clusters.touched("beijing")).isFalse();
	}

	@Test
	void aGateCountsApprovalsAndSaysWhoGaveThem() {
		startWithGate(2, Stages.needs("bake"));
		awaitGate();
		this.bench.decide("go", new GateVerdict(Outcome.MORE_NEEDED, "kim", "", 1));
		this.bench.journal.awaitStage("go", (entry) -> "1 of 2 approvals, by kim".equals(entry.message()));
		this.bench.decide("go", new GateVerdict(Outcome.APPROVED, "noor", "", 0));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("go").message()).isEqualTo("approved by kim, noor");
	}

	@Test
	void aDecisionThatDoesNotCountIsRefusedAndTheGateWaitsOn() {
		startWithGate(1, Stages.needs("bake"));
		awaitGate();
		assertThatExceptionOfType(WorkflowUpdateException.class)
			.isThrownBy(() -> this.bench.decide("go",
					new GateVerdict(Outcome.REFUSED, "lin", "who starts a release may not approve it", 1)))
			.havingCause()
			.withMessageContaining("the decision of lin does not count: who starts a release may not approve it");
		assertThat(this.bench.journal.stage("go").status()).isEqualTo(Status.WAITING);
		this.bench.decide("go", APPROVED);
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aGateThatNobodyDecidesFailsWhenItsTimeIsUp() {
		startWithGate(1, Stages.within(Duration.ofHours(24), "bake"));
		assertThat(this.bench.result())
			.isEqualTo(new ReleaseResult(Status.FAILED, "go: timed out with 0 of 1 approval"));
		assertThat(this.bench.central.closings).containsExactly("go: timed out with 0 of 1 approval");
	}

	@Test
	void aDecisionBeingWeighedWhenTheTimeIsUpStillCounts() {
		this.bench.central.weighing = new CountDownLatch(1);
		startWithGate(1, Stages.within(Duration.ofHours(24), "bake"));
		awaitGate();
		CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> this.bench.decide("go", APPROVED));
		this.bench.central.awaitArrival();
		this.bench.environment.sleep(Duration.ofHours(25));
		assertThat(this.bench.journal.stage("go").status()).isEqualTo(Status.WAITING);
		this.bench.central.weighing.countDown();
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(deciding).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void aLateDecisionIsRefused() {
		this.bench.start(Stages.gate("go", 1, Stages.within(Duration.ofHours(1))),
				Stages.gate("other", 1, Stage.Options.NONE));
		this.bench.journal.awaitStage("other", Status.WAITING);
		awaitGate();
		this.bench.decide("go", APPROVED);
		this.bench.journal.awaitStage("go", Status.SUCCEEDED);
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> this.bench.decide("go", REJECTED))
			.havingCause()
			.withMessageContaining("gate 'go' is closed: approved by kim");
	}

	@Test
	void ofTwoDecisionsAtOnceTheFirstWins() {
		this.bench.central.weighing = new CountDownLatch(1);
		this.bench.start(Stages.gate("go", 1, Stage.Options.NONE), Stages.gate("other", 1, Stage.Options.NONE));
		awaitGate();
		CompletableFuture<Void> first = CompletableFuture.runAsync(() -> this.bench.decide("go", APPROVED));
		this.bench.central.awaitArrival();
		CompletableFuture<Void> second = CompletableFuture.runAsync(() -> this.bench.decide("go", REJECTED));
		this.bench.central.weighing.countDown();
		assertThat(first).succeedsWithin(Duration.ofSeconds(20));
		assertThat(second).failsWithin(Duration.ofSeconds(20));
		assertThat(this.bench.journal.awaitStage("go", (entry) -> entry.status().ended()).message())
			.isEqualTo("approved by kim: looks good");
	}

	@Test
	void aDecisionOnWhatIsNoWaitingGateIsRefused() {
		startWithGate(1, Stages.needs("bake"));
		awaitGate();
		refused("bake", "stage 'bake' is not a gate");
		refused("nope", "has no stage 'nope'; its stages are bake, go, beijing");
	}

	@Test
	void aDecisionBeforeItsGateWaitsIsRefused() {
		this.bench.start(Stages.gate("first", 1, Stage.Options.NONE), Stages.gate("go", 1, Stages.needs("first")));
		this.bench.journal.awaitStage("first", Status.WAITING);
		refused("go", "gate 'go' does not wait for a decision: it is PENDING");
	}

	private void refused(String stage, String words) {
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> this.bench.decide(stage, APPROVED))
			.havingCause()
			.withMessageContaining(words);
	}

	private void startWithGate(int count, Stage.Options options) {
		this.bench.start(Stages.bake(), Stages.gate("go", count, options), Stages.beijing(Stages.needs("go")));
	}

	private StageEntry awaitGate() {
		this.bench.central.awaitArrival();
		return this.bench.journal.awaitStage("go", Status.WAITING);
	}

}
