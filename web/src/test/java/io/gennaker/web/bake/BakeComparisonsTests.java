package io.gennaker.web.bake;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.bake.BakeComparison.ComparedCluster;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BakeComparisonsTests {

	private static final String SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: {type: %s}\n";

	private final TestService service = new TestService();

	private final BakeStore store = this.service.get(BakeStore.class);

	private final BakeComparisons comparisons = this.service.get(BakeComparisons.class);

	private UUID earlier;

	private UUID later;

	@AfterEach
	void close() {
		this.service.close();
	}

	@BeforeEach
	void bakeTwice() {
		this.service.pipeline("");
		this.earlier = this.service.start().id();
		this.later = this.service.start().id();
		this.store.keepManifests("sha256:plain", SERVICE.formatted("ClusterIP"));
		this.store.keepManifests("sha256:open", SERVICE.formatted("NodePort"));
		bake(this.earlier, "sha256:bake1", set("beijing", "sha256:plain"), set("south", "sha256:plain"));
		bake(this.later, "sha256:bake2", set("beijing", "sha256:open"), set("south", "sha256:plain"),
				set("east", "sha256:plain"));
	}

	@Test
	void whatDiffersIsToldPerClusterAndObject() {
		List<ComparedCluster> clusters = this.comparisons.of(this.later, this.earlier, "bake", null)
			.orElseThrow()
			.clusters();
		assertThat(clusters).extracting(ComparedCluster::cluster).containsExactly("beijing", "south", "east");
		assertThat(clusters).extracting(ComparedCluster::same).containsExactly(false, true, false);
		assertThat(clusters.get(0).changes()).singleElement()
			.satisfies((change) -> assertThat(change.diff()).contains("-  type: ClusterIP", "+  type: NodePort"));
		assertThat(clusters.get(1).changes()).isEmpty();
		assertThat(clusters.get(2).before()).isNull();
		assertThat(clusters.get(2).changes()).extracting(ObjectChange::change).containsExactly(Change.CREATE);
	}

	@Test
	void aClusterThatTheLaterOneLeftOutIsTold() {
		List<ComparedCluster> clusters = this.comparisons.of(this.earlier, this.later, "bake", "east")
			.orElseThrow()
			.clusters();
		assertThat(clusters).singleElement().satisfies((east) -> {
			assertThat(east.after()).isNull();
			assertThat(east.changes()).extracting(ObjectChange::change).containsExactly(Change.DELETE);
		});
	}

	@Test
	void nothingIsComparedWithWhatBakedNothing() {
		assertThat(this.comparisons.of(this.later, UUID.randomUUID(), "bake", null)).isEmpty();
		assertThat(this.comparisons.of(this.later, this.earlier, "another", null)).isEmpty();
	}

	private void bake(UUID execution, String digest, ManifestSet... sets) {
		this.store.keepBake(BakeQuestion.of(execution), new BakeResult(digest, List.of(sets)),
				new BakeStore.Provenance("classroom", "1.4.0", "sha256:chart", "helm 3", Map.of()), List.of());
	}

	private static ManifestSet set(String cluster, String digest) {
		return new ManifestSet("everywhere", cluster, "classroom", "classroom", digest, 1);
	}

}
