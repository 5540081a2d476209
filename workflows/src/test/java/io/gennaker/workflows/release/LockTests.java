package io.gennaker.workflows.release;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockTests {

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aRolloutHoldsItsPlaceAndGivesItBack() {
		this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(this.bench.locks.calls()).containsExactly("acquire beijing", "release beijing");
		assertThat(this.bench.clusters.tokens).containsEntry("beijing", 1L);
	}

	@Test
	void aPlaceThatIsHeldIsWaitedForAndThenTaken() {
		this.bench.locks.occupy("beijing", "classroom #12 (deploy south)");
		this.bench.start(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		ClusterEntry waits = this.bench.journal.awaitCluster("beijing", "beijing",
				(entry) -> entry.status() == Status.WAITING);
		assertThat(waits.message()).isEqualTo("waits for classroom #12 (deploy south)");
		assertThat(this.bench.clusters.touched("beijing")).isFalse();
		this.bench.locks.free("beijing");
		assertThat(this.bench.result().status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.clusters.tokens).containsEntry("beijing", 2L);
	}

	@Test
	void whoWaitsCanBeCanceledAndLeavesTheQueue() {
		this.bench.locks.occupy("beijing", "classroom #12");
		this.bench.start(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		this.bench.journal.awaitCluster("beijing", "beijing", (entry) -> entry.status() == Status.WAITING);
		this.bench.release.cancel(new Steering("kim", "too late"));
		assertThat(this.bench.result().status()).isEqualTo(Status.CANCELED);
		assertThat(this.bench.journal.cluster("beijing", "beijing").message())
			.isEqualTo("canceled by kim: too late. Nothing was changed");
		assertThat(this.bench.locks.calls()).containsExactly("release beijing");
	}

	@Test
	void aClusterWhereSomethingNewerRunsIsLeftAlone() {
		this.bench.locks.runsNewer("beijing", "classroom #13 runs there, which is newer");
		ReleaseResult result = this.bench.run(Stages.bake(), Stages.beijing(Stages.needs("bake")));
		assertThat(result.cause()).contains("classroom #13 runs there, which is newer. Nothing was changed");
		assertThat(this.bench.clusters.touched("beijing")).isFalse();
		assertThat(this.bench.locks.calls()).containsExactly("release beijing");
	}

	@Test
	void aPlaceIsKeptUntilItsClusterWentBack() {
		this.bench.central.ran("beijing", "classroom #12");
		this.bench.clusters.refuse("beijing", "api", "field is immutable");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(this.bench.locks.calls()).containsExactly("acquire beijing", "acquire beijing", "release beijing");
	}

	@Test
	void aPlaceIsGivenBackWhereNothingRanBefore() {
		this.bench.clusters.refuse("beijing", "api", "field is immutable");
		this.bench.run(Stages.bake(), Stages.beijing(Stages.onFailure(OnFailure.ROLLBACK, "bake")));
		assertThat(this.bench.locks.holds("beijing")).isFalse();
	}

}
