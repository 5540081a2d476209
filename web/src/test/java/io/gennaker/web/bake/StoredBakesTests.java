package io.gennaker.web.bake;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoredBakesTests {

	private final TestService service = new TestService();

	private final BakeStore store = this.service.get(BakeStore.class);

	private final BakeReads reads = this.service.get(BakeReads.class);

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aBakeIsKeptOnceAndFoundByItsStage() {
		this.service.pipeline("");
		UUID execution = this.service.start().id();
		BakeResult result = new BakeResult("sha256:bake",
				List.of(new BakeResult.ManifestSet("beijing", "beijing", "classroom", "classroom", "sha256:m", 12)));
		BakeStore.Provenance provenance = new BakeStore.Provenance("classroom", "1.4.0", "sha256:chart", "helm 3",
				Map.of("beijing", "Thanks!"));
		BakeStore.BoundImage bound = new BakeStore.BoundImage("beijing", "api", "Deployment/api", "api", "api:v1",
				"api:v2@sha256:d");
		BakeRequest request = BakeQuestion.of(execution);
		this.store.keepManifests("sha256:m", "kind: Service\n");
		this.store.keepManifests("sha256:m", "kind: Service\n");
		this.store.keepBake(request, result, provenance, List.of(bound));
		this.store.keepBake(request, result, provenance, List.of(bound));
		Bake bake = this.reads.find(execution, "bake").orElseThrow();
		assertThat(bake.result()).isEqualTo(result);
		assertThat(bake.provenance()).isEqualTo(provenance);
		assertThat(bake.bound()).containsExactly(bound);
		assertThat(this.reads.find("sha256:bake")).isPresent();
		assertThat(this.store.manifests("sha256:m")).isEqualTo("kind: Service\n");
	}

	@Test
	void theFirstDigestOfAnImageStays() {
		this.service.pipeline("");
		String execution = this.service.start().id().toString();
		assertThat(this.store.pin(execution, "bake", "docker.io/library/busybox:latest")).isEmpty();
		assertThat(this.store.keepPin(execution, "bake", "docker.io/library/busybox:latest", "sha256:1"))
			.isEqualTo("sha256:1");
		assertThat(this.store.keepPin(execution, "bake", "docker.io/library/busybox:latest", "sha256:2"))
			.isEqualTo("sha256:1");
		assertThat(this.store.pin(execution, "bake", "docker.io/library/busybox:latest")).contains("sha256:1");
		assertThat(this.store.pin(execution, "other", "docker.io/library/busybox:latest")).isEmpty();
	}

	@Test
	void theSameManifestsOfAnotherSourceKeepTheirOwnProvenance() {
		this.service.pipeline("");
		UUID first = this.service.start().id();
		UUID second = this.service.start().id();
		BakeResult result = new BakeResult("sha256:bake", List.of());
		this.store.keepBake(BakeQuestion.of(first), result, provenance("charts/classroom"), List.of());
		this.store.keepBake(BakeQuestion.of(second), result, provenance("oci://registry.example.com/classroom"),
				List.of());
		assertThat(this.reads.find(first, "bake").orElseThrow().provenance().charts()).extracting(ChartOrigin::source)
			.containsExactly("charts/classroom");
		assertThat(this.reads.find(second, "bake").orElseThrow().provenance().charts()).extracting(ChartOrigin::source)
			.containsExactly("oci://registry.example.com/classroom");
	}

	private static BakeStore.Provenance provenance(String source) {
		ChartOrigin origin = new ChartOrigin(source, "^1.4", "1.4.0", "sha256:pin", "sha256:chart",
				List.of(new ChartOrigin.Dependency("common", "2.0.0", "oci://x/y", "sha256:a", "sha256:b")));
		return new BakeStore.Provenance("classroom", "1.4.0", "sha256:chart", "helm", Map.of(), List.of(), List.of(),
				List.of(origin),
				List.of(new BakeStore.ClusterInputs("beijing", "beijing",
						List.of(new BakeStore.ValuesDigest("values/prod.yaml", "sha256:v")),
						Map.of("api", "api@sha256:d"))));
	}

	@Test
	void whatWasAskedForComesBackAsItWas() {
		this.service.pipeline("");
		UUID execution = this.service.start().id();
		BakeRequest request = BakeQuestion.of(execution);
		this.store.keepBake(request, new BakeResult("sha256:bake", List.of()), provenance("a"), List.of());
		BakeRequest read = this.reads.request(execution, "bake").orElseThrow();
		assertThat(read).isEqualTo(request);
		assertThat(read.stage().set().keySet()).containsExactly("z.last", "a.first");
	}

	@Test
	void aBakeOfAnOlderVersionIsReadAsItIs() {
		this.service.pipeline("");
		UUID execution = this.service.start().id();
		this.service.jdbc()
			.sql("""
					insert into bakes (digest, result, provenance, bound) values ('sha256:old',
					'{"digest": "sha256:old", "manifests": []}', '{"chartName": "a", "chartVersion": "1", "chartDigest": "d",
					"renderer": "helm", "notes": {}, "uncovered": []}', '[]')""")
			.update();
		this.service.jdbc()
			.sql("insert into execution_bakes (execution_id, stage_id, digest) values (?, 'bake', 'sha256:old')")
			.param(execution)
			.update();
		assertThat(this.reads.find(execution, "bake").orElseThrow().provenance().charts()).isEmpty();
		assertThat(this.reads.request(execution, "bake")).isEmpty();
	}

	@Test
	void manifestsThatNobodyKeptAreAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.manifests("sha256:none"))
			.withMessageContaining("sha256:none");
	}

}
