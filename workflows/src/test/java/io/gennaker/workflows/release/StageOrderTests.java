package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StageOrderTests {

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aReleaseGoesFromBakeThroughItsDeploysInOrder() {
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")),
				Stages.south(Stages.needs("beijing")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.SUCCEEDED, null));
		assertThat(this.bench.clusters.done()).startsWith("apply beijing shared", "healthy beijing shared",
				"apply beijing api", "healthy beijing api", "apply beijing proxy, jobrunner",
				"healthy beijing proxy, jobrunner", "apply guangdong-1 shared");
		assertThat(statuses("beijing")).containsExactly(Status.PENDING, Status.RUNNING, Status.SUCCEEDED);
		assertThat(this.bench.journal.stages("beijing").getFirst().message()).isEqualTo("waits for bake");
	}

	@Test
	void theJournalHoldsBindingsAndOutputsAtTheEnd() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(this.bench.journal.stage("bake").outputs()).containsEntry("digest", "sha256:bake");
		assertThat(this.bench.journal.execution().bindings().common()).containsKey("api");
		assertThat(this.bench.journal.execution().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aJournalSequenceIsGivenOnce() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")), Stages.south(Stages.needs("bake")));
		assertThat(this.bench.journal.sequences()).doesNotHaveDuplicates();
		assertThat(this.bench.journal.clusters("south", "shanghai-1")).first()
			.satisfies((entry) -> assertThat(entry.status()).isEqualTo(Status.PENDING));
	}

	@Test
	void stagesWithoutNeedsStartAtOnce() {
		this.bench.start(Stages.gate("left", 1, Stage.Options.NONE), Stages.gate("right", 1, Stage.Options.NONE));
		this.bench.journal.awaitStage("left", Status.WAITING);
		this.bench.journal.awaitStage("right", Status.WAITING);
	}

	@Test
	void artifactsAreBoundForEveryPlaceTheReleaseGoesTo() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")), Stages.south(Stages.needs("bake")));
		assertThat(this.bench.central.bindings.getFirst().places()).extracting((place) -> place.cluster())
			.containsExactly("beijing", "guangdong-1", "guangdong-2", "shanghai-1");
	}

	@Test
	void withoutItsImagesNoStageStarts() {
		this.bench.central.bindingFailure = ApplicationFailure
			.newNonRetryableFailure("api: the registry has no tag v9.9.9", Failures.UNKNOWN_IMAGE);
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "api: the registry has no tag v9.9.9"));
		assertThat(this.bench.central.bakes).isEmpty();
		assertThat(this.bench.journal.stage("bake").status()).isEqualTo(Status.SKIPPED);
	}

	@Test
	void eachDestinationCarriesOnlyItsOwnOverride() {
		this.bench.run(Stages.bake(), Stages.south(Stages.needs("bake")));
		assertThat(this.bench.central.bakes.getFirst().destinations()).hasSize(3)
			.allSatisfy((place) -> assertThat(place.target().overrides()).containsOnlyKeys(place.cluster().name()));
	}

	@Test
	void aFailureThatMayPassIsTriedAgain() {
		this.bench.central.bakeFailures.put("bake", ApplicationFailure.newFailure("database away", "io"));
		assertThat(this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake"))).status())
			.isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.central.bakes).hasSize(2);
	}

	@Test
	void aStageWhoseConditionDoesNotHoldIsSkippedAndLetsOthersGoOn() {
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.pause("extra", Stages.when("false", "bake")),
				Stages.beijing(Stages.needs("bake", "extra")));
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("extra").status()).isEqualTo(Status.SKIPPED);
		assertThat(this.bench.journal.stage("extra").message()).contains("false");
		assertThat(this.bench.clusters.touched("beijing")).isTrue();
	}

	@Test
	void conditionsSeeParametersArtifactsTriggerExecutionAndOutputs() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")),
				Stages.pause("extra", Stages.when("true", "bake")));
		assertThat(this.bench.central.contexts.getFirst()).satisfies((context) -> {
			assertThat(context.parameters()).containsKey("clusters");
			assertThat(context.artifacts().get("api").tag()).isEqualTo("v1.9.0");
			assertThat(context.trigger()).containsEntry("type", "manual")
				.containsEntry("user", "lin")
				.containsEntry("tag", "v1.9.0");
			assertThat(context.execution()).containsEntry("number", "128").containsEntry("pipeline", "classroom");
			assertThat(context.outputs().get("bake")).containsEntry("digest", "sha256:bake");
		});
	}

	@Test
	void aConditionThatCannotBeEvaluatedFailsItsStage() {
		ReleaseResult result = this.bench.run(Stages.pause("extra", Stages.when("parameters.nope")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "extra: 'parameters.nope': unknown name"));
	}

	@Test
	void aWaitEndsAfterItsTimeAndSaysUntilWhen() {
		this.bench.run(Stages.pause("cool-down", Stage.Options.NONE));
		StageEntry waiting = this.bench.journal.awaitStage("cool-down", Status.WAITING);
		StageEntry ended = this.bench.journal.stage("cool-down");
		assertThat(waiting.message()).startsWith("waits 10m, until ").endsWith("UTC");
		assertThat(Duration.between(waiting.at(), ended.at())).isBetween(Duration.ofMinutes(10),
				Duration.ofMinutes(11));
		assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aStageThatTakesTooLongFails() {
		ReleaseResult result = this.bench.run(Stages.pause("cool-down", Stages.within(Duration.ofMinutes(3))));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "cool-down: timed out after 3m"));
	}

	@Test
	void failCancelsWhatIsUnderWayAndStartsNothingMore() {
		refuseBake();
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.pause("aside", Stage.Options.NONE),
				Stages.pause("after", Stages.needs("aside")), Stages.beijing(Stages.needs("bake")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "bake: no such chart"));
		assertThat(this.bench.journal.stage("aside").status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.journal.stage("aside").message()).isEqualTo("canceled, because 'bake' failed");
		assertThat(this.bench.journal.stage("after").status()).isEqualTo(Status.SKIPPED);
		assertThat(this.bench.journal.stage("beijing").status()).isEqualTo(Status.SKIPPED);
	}

	@Test
	void finishOthersLetsWhatIsUnderWayEndAndStartsNothingMore() {
		refuseBake();
		ReleaseResult result = this.bench.run(Stages.bake("bake", Stages.onFailure(OnFailure.FINISH_OTHERS)),
				Stages.pause("aside", Stage.Options.NONE), Stages.pause("after", Stages.needs("aside")),
				Stages.beijing(Stages.needs("bake")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "bake: no such chart"));
		assertThat(this.bench.journal.stage("aside").status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("after").status()).isEqualTo(Status.SKIPPED);
	}

	@Test
	void continueLetsDependentsGoOnAndTheReleaseSucceed() {
		ReleaseResult result = this.bench.run(
				new Stage.Wait("doubtful", new Stage.Options(List.of(), "broken", null, OnFailure.CONTINUE),
						Duration.ofMinutes(1)),
				Stages.bake("bake", Stages.needs("doubtful")), Stages.beijing(Stages.needs("bake")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.SUCCEEDED, null));
		assertThat(this.bench.journal.stage("doubtful").status()).isEqualTo(Status.FAILED);
		assertThat(this.bench.clusters.touched("beijing")).isTrue();
	}

	@Test
	void aDeployWhoseBakeFailedButWasContinuedFailsForLackOfManifests() {
		refuseBake();
		ReleaseResult result = this.bench.run(Stages.bake("bake", Stages.onFailure(OnFailure.CONTINUE)),
				Stages.beijing(Stages.needs("bake")));
		assertThat(result)
			.isEqualTo(new ReleaseResult(Status.FAILED, "beijing: stage 'bake' left no manifests to roll out"));
	}

	@Test
	void stopBranchSkipsOnlyWhatNeedsTheFailedStage() {
		refuseBake();
		ReleaseResult result = this.bench.run(Stages.bake("bake", Stages.onFailure(OnFailure.STOP_BRANCH)),
				Stages.pause("aside", Stage.Options.NONE), Stages.pause("after", Stages.needs("aside")),
				Stages.beijing(Stages.needs("bake")), Stages.pause("last", Stages.needs("beijing")));
		assertThat(result).isEqualTo(new ReleaseResult(Status.FAILED, "bake: no such chart"));
		assertThat(this.bench.journal.stage("after").status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("beijing").message())
			.isEqualTo("not started, because 'bake' did not succeed");
		assertThat(this.bench.journal.stage("last").status()).isEqualTo(Status.SKIPPED);
	}

	private void refuseBake() {
		this.bench.central.bakeFailures.put("bake",
				ApplicationFailure.newNonRetryableFailure("no such chart", Failures.BAKE_REFUSED));
	}

	private List<Status> statuses(String stage) {
		return this.bench.journal.stages(stage).stream().map(StageEntry::status).toList();
	}

}
