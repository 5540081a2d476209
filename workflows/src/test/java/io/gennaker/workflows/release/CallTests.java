package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.child.ChildEnd;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallTests {

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aWebhookLeavesItsStatusForLaterStages() {
		Stage.Webhook webhook = new Stage.Webhook("ask", Stage.Options.NONE, "https://hooks.example.com", "POST",
				Map.of("A", new Stage.HeaderValue.Secret("token")), null, null, null);
		assertThat(this.bench.run(webhook, Stages.pause("then", Stages.when("true", "ask"))).status())
			.isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.services.calls).singleElement()
			.satisfies((call) -> assertThat(call.stage()).isEqualTo(webhook));
		assertThat(last("ask").outputs()).containsEntry("status", "202");
		assertThat(this.bench.central.contexts.getFirst().outputs().get("ask")).containsEntry("status", "202");
	}

	@Test
	void aWebhookThatIsRefusedFailsTheStageInTheServicesWords() {
		this.bench.services.refusal = ApplicationFailure.newNonRetryableFailure("The service answered 403",
				Failures.WEBHOOK_FAILED);
		assertThat(this.bench
			.run(new Stage.Webhook("ask", Stage.Options.NONE, "https://hooks.example.com", "POST", Map.of(), null, null,
					null))
			.status()).isEqualTo(Status.FAILED);
		assertThat(last("ask").message()).isEqualTo("The service answered 403");
	}

	@Test
	void aStageEndsAsTheOtherPipelinesExecution() {
		this.bench.services.end = new ChildEnd(Status.FAILED, "tests: 2 of 9 failed");
		assertThat(this.bench.run(child(true)).status()).isEqualTo(Status.FAILED);
		assertThat(last("tests").message()).isEqualTo("smoke #7 ended as FAILED: tests: 2 of 9 failed");
		assertThat(last("tests").outputs()).containsEntry("execution", "0199-child").containsEntry("number", "7");
		assertThat(this.bench.services.starts.getFirst().artifacts().get("api").tag()).isEqualTo("v1.9.0");
		assertThat(this.bench.services.starts.getFirst().pipeline()).isEqualTo("classroom");
	}

	@Test
	void anExecutionThatNobodyWaitsForDoesNotHoldTheStage() {
		this.bench.services.ended = new CountDownLatch(1);
		assertThat(this.bench.run(child(false)).status()).isEqualTo(Status.SUCCEEDED);
		assertThat(last("tests").message()).isEqualTo("started smoke #7");
		assertThat(this.bench.services.cancellations).isEmpty();
	}

	@Test
	void aCancellationIsPassedOn() {
		this.bench.services.ended = new CountDownLatch(1);
		this.bench.start(child(true));
		this.bench.journal.awaitStage("tests", Status.RUNNING);
		awaitChild();
		this.bench.release.cancel(new Steering("kim", "wrong tag"));
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.services.cancellations).singleElement().satisfies((cancellation) -> {
			assertThat(cancellation.child().id()).isEqualTo("0199-child");
			assertThat(cancellation.reason()).isEqualTo("classroom #128: canceled by kim: wrong tag");
		});
		assertThat(last("tests").message()).isEqualTo("canceled by kim: wrong tag. passed on to smoke #7");
	}

	@Test
	void aReleaseGoesBackToTheOneBeforeInEachClusterAndIsKept() {
		this.bench.central.ran("guangdong-1", "classroom #12");
		this.bench.central.ran("guangdong-2", "classroom #11");
		this.bench.central.ran("shanghai-1", "classroom #12");
		assertThat(this.bench.run(undo()).status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.done()).contains("back: apply guangdong-1 api", "back: healthy shanghai-1 api");
		assertThat(this.bench.journal.clusters("back", "guangdong-2").getLast())
			.extracting(ClusterEntry::status, ClusterEntry::message)
			.containsExactly(Status.SUCCEEDED, "went back to classroom #11");
		assertThat(this.bench.journal.releases()).extracting(ReleaseEntry::cluster)
			.containsExactlyInAnyOrder("guangdong-1", "guangdong-2", "shanghai-1");
	}

	@Test
	void aClusterWithNothingToGoBackToFailsTheStage() {
		this.bench.central.ran("guangdong-1", "classroom #12");
		assertThat(this.bench.run(undo()).status()).isEqualTo(Status.FAILED);
		assertThat(last("back").message()).contains("no release of classroom in namespace classroom is kept");
	}

	@Test
	void aCanceledUndoSaysWhatWasDone() {
		this.bench.central.ran("guangdong-1", "classroom #12");
		this.bench.clusters.hold("guangdong-1", "api");
		this.bench.start(new Stage.Undo("back", Stage.Options.NONE, "south", "classroom", List.of(List.of("api")), 1));
		this.bench.journal.awaitCluster("back", "guangdong-1", (entry) -> entry.status() == Status.RUNNING);
		this.bench.release.cancel(new Steering("kim", "no"));
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(last("back").message()).contains("untouched: guangdong-2, shanghai-1");
	}

	private void awaitChild() {
		Instant end = Instant.now().plusSeconds(20);
		while (this.bench.journal.stages("tests")
			.stream()
			.noneMatch((entry) -> "waits for smoke #7".equals(entry.message()))) {
			assertThat(Instant.now()).isBefore(end);
			Thread.onSpinWait();
		}
	}

	private static Stage child(boolean wait) {
		return new Stage.ChildPipeline("tests", Stage.Options.NONE, "smoke", Map.of("level", "info"), true, Map.of(),
				wait);
	}

	private static Stage undo() {
		return new Stage.Undo("back", Stage.Options.NONE, "south", "classroom", List.of(List.of("api")), null);
	}

	private StageEntry last(String stage) {
		return this.bench.journal.stages(stage).getLast();
	}

}
