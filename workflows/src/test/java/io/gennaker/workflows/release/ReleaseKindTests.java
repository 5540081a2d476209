package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind.KeptRelease;
import io.gennaker.workflows.release.ReleaseKind.TakenOver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseKindTests {

	private static final Map<String, BoundArtifact> API = Map.of("api", new BoundArtifact("api",
			"registry.example.com/classroom/api", "v1.8.0", FakeCentral.DIGEST, Origin.CHOSEN));

	private final ReleaseBench bench = new ReleaseBench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void aRollbackRollsOutWhatWasKeptAndBindsAndBakesNothing() {
		ReleaseResult result = this.bench.start(rollback()).result();
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.central.bindings).isEmpty();
		assertThat(this.bench.central.bakes).isEmpty();
		List<String> done = this.bench.clusters.done();
		assertThat(done.indexOf("back: apply guangdong-1 shared"))
			.isGreaterThan(done.indexOf("back: healthy shanghai-1 api"));
		assertThat(done.indexOf("back: apply beijing shared"))
			.isGreaterThan(done.indexOf("back: healthy guangdong-1 api"));
		ReleaseEntry left = this.bench.journal.releases()
			.stream()
			.filter((release) -> release.cluster().equals("beijing"))
			.findFirst()
			.orElseThrow();
		assertThat(left.manifests()).isEqualTo(FakeClusters.EARLIER + "beijing");
		assertThat(left.bake()).isEqualTo("sha256:bake-of-11");
		assertThat(left.artifacts()).isEqualTo(API);
		assertThat(this.bench.journal.execution().bindings().in("beijing")).isEqualTo(API);
	}

	@Test
	void aClusterThatCannotGoBackHoldsUpNoOther() {
		this.bench.clusters.refuseBack("shanghai-1", "api", "quota exceeded");
		ReleaseResult result = this.bench.start(rollback()).result();
		assertThat(result.status()).isEqualTo(Status.FAILED);
		assertThat(result.cause()).contains("south", "shanghai-1", "quota exceeded");
		assertThat(this.bench.journal.stage("south").status()).isEqualTo(Status.FAILED);
		assertThat(this.bench.journal.cluster("south", "guangdong-1").status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.journal.stage("beijing").status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void aRestartTakesOverWhatHadSucceeded() {
		BakeResult baked = new BakeResult("sha256:bake",
				List.of(new BakeResult.ManifestSet("beijing", "beijing", "classroom", "classroom", "sha256:b", 8)));
		Bindings bindings = new Bindings(API, Map.of());
		Stage[] stages = { Stages.bake(), Stages.gate("go", 1, Stages.needs("bake")),
				Stages.beijing(Stages.needs("go")) };
		ReleaseRequest first = Stages.request(Stages.pipeline(stages));
		ReleaseRequest request = new ReleaseRequest(first.executionId(), 13, first.revisionId(), first.pipeline(),
				first.inventory(), first.parameters(), first.artifacts(), first.trigger(),
				new ReleaseKind.Restart("classroom #12", "beijing", bindings,
						List.of(new TakenOver("bake", Map.of("digest", "sha256:bake"), baked),
								new TakenOver("go", Map.of(), null))));
		ReleaseResult result = this.bench.start(request).result();
		assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(this.bench.central.bindings).isEmpty();
		assertThat(this.bench.central.bakes).isEmpty();
		assertThat(this.bench.central.openings).isEmpty();
		assertThat(this.bench.journal.stage("bake").message()).isEqualTo("taken over from classroom #12");
		assertThat(this.bench.journal.stage("bake").outputs()).containsEntry("digest", "sha256:bake");
		ClusterEntry end = this.bench.journal.cluster("beijing", "beijing");
		assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
		assertThat(end.rollout().manifests()).isEqualTo("sha256:b");
		assertThat(this.bench.journal.releases()).extracting(ReleaseEntry::artifacts).containsExactly(API);
	}

	static ReleaseRequest rollback() {
		Stage.Deploy south = deploy("south", List.of(),
				List.of(List.of("guangdong-2", "shanghai-1"), List.of("guangdong-1")), 4);
		Stage.Deploy beijing = deploy("beijing", List.of("south"), List.of(), 1);
		Map<String, Stage> stages = new LinkedHashMap<>();
		stages.put("south", south);
		stages.put("beijing", beijing);
		Map<String, Target> targets = Map.of("south", target("guangdong-1", "guangdong-2", "shanghai-1"), "beijing",
				target("beijing"));
		Pipeline pipeline = new Pipeline("classroom", "", Map.of(), Map.of(), targets, Map.of(), Concurrency.DEFAULT,
				stages);
		ReleaseKind.Rollback kind = new ReleaseKind.Rollback("classroom #12", List.of(kept("beijing", "beijing"),
				kept("south", "guangdong-1"), kept("south", "guangdong-2"), kept("south", "shanghai-1")));
		return new ReleaseRequest("0199-test", 13, "revision-1", pipeline, Stages.INVENTORY, Map.of(), Map.of(),
				new ReleaseRequest.Trigger("rollback", "lin", List.of(), Map.of("of", "classroom #12")), kind);
	}

	private static Stage.Deploy deploy(String id, List<String> needs, List<List<String>> waves, int budget) {
		return new Stage.Deploy(id, new Stage.Options(needs, null, null, OnFailure.CONTINUE), id, null,
				List.of(List.of("api")), waves, null, budget, Duration.ZERO);
	}

	private static Target target(String... clusters) {
		return new Target(new ClusterSelector.Named(List.of(clusters)), "classroom", List.of(), Map.of());
	}

	private static KeptRelease kept(String stage, String cluster) {
		return new KeptRelease(stage, cluster, "classroom", "classroom", "classroom #11", "sha256:bake-of-11",
				FakeClusters.EARLIER + cluster, API);
	}

}
