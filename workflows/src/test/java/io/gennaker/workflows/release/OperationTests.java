package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.operation.OperationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperationTests {

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void everyClusterOfTheTargetIsWorkedOnAndTold() {
		ReleaseResult result = this.bench.run(Stages.restart("south", null, Stage.Options.NONE));
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.operations.done).containsExactlyInAnyOrder("guangdong-1", "guangdong-2", "shanghai-1");
		assertThat(this.bench.journal.clusters("restart", "shanghai-1")).extracting(ClusterEntry::status)
			.containsExactly(Status.PENDING, Status.RUNNING, Status.SUCCEEDED);
		assertThat(this.bench.journal.clusters("restart", "shanghai-1").getLast().message())
			.isEqualTo("restarted Deployment api");
	}

	@Test
	void theRequestCarriesWhatTheClusterNeeds() {
		this.bench.run(Stages.restart("beijing", null, Stage.Options.NONE));
		OperationRequest request = this.bench.operations.requests.getFirst();
		assertThat(request.namespace()).isEqualTo("classroom");
		assertThat(request.revisionId()).isEqualTo("revision-1");
		assertThat(request.artifacts().get("api").tag()).isEqualTo("v1.9.0");
		assertThat(request.context().execution()).containsEntry("number", "128");
	}

	@Test
	void anExecutionThatGoesElsewhereSkipsTheStage() {
		this.bench.start(
				Stages.request(Stages.pipeline(Stages.restart("south", null, Stage.Options.NONE)), List.of("beijing")));
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(last().status()).isEqualTo(Status.SKIPPED);
		assertThat(this.bench.operations.requests).isEmpty();
	}

	@Test
	void aRefusalLetsNoFurtherClusterStart() {
		this.bench.operations.refuse("guangdong-1", "There is no Deployment api");
		ReleaseResult result = this.bench.run(Stages.restart("south", 1, Stage.Options.NONE));
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(last().message())
			.isEqualTo("failed: guangdong-1 (There is no Deployment api); untouched: guangdong-2, shanghai-1");
		assertThat(this.bench.operations.done).isEmpty();
		assertThat(this.bench.journal.clusters("restart", "shanghai-1").getLast().status()).isEqualTo(Status.SKIPPED);
	}

	@Test
	void clustersThatAreUnderWayEndWhenOneFails() {
		this.bench.operations.hold("guangdong-2");
		this.bench.operations.refuse("guangdong-1", "no");
		this.bench.start(Stages.restart("south", null, Stage.Options.NONE));
		this.bench.journal.awaitCluster("restart", "guangdong-1", (entry) -> entry.status() == Status.FAILED);
		this.bench.operations.letGo("guangdong-2");
		assertThat(this.bench.result().status()).isEqualTo(Status.FAILED);
		assertThat(this.bench.operations.done).contains("guangdong-2", "shanghai-1");
	}

	@Test
	void aClusterThatIsAwayIsTriedAgain() {
		this.bench.operations.silence("beijing");
		assertThat(this.bench.run(Stages.restart("beijing", null, Stage.Options.NONE)).status())
			.isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.operations.requests).hasSize(2);
	}

	@Test
	void aCancellationReachesTheClusterAndLeavesTheOthersUntouched() {
		this.bench.operations.hold("guangdong-1");
		this.bench.start(Stages.restart("south", 1, Stage.Options.NONE));
		this.bench.journal.awaitCluster("restart", "guangdong-1", (entry) -> entry.status() == Status.RUNNING);
		this.bench.release.cancel(new Steering("kim", "wrong one"));
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(last().message())
			.isEqualTo("canceled by kim: wrong one. canceled: guangdong-1; untouched: guangdong-2, shanghai-1");
		assertThat(this.bench.operations.done).isEmpty();
	}

	@Test
	void itsTimeOutFailsTheStage() {
		this.bench.operations.hold("beijing");
		this.bench.start(Stages.restart("beijing", null, Stages.within(Duration.ofSeconds(3))));
		assertThat(this.bench.result().status()).isEqualTo(Status.FAILED);
		assertThat(this.bench.operations.done).isEmpty();
	}

	private StageEntry last() {
		return this.bench.journal.stages("restart").getLast();
	}

}
