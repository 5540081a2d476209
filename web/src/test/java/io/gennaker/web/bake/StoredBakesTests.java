package io.gennaker.web.bake;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.web.service.TestService;
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
		this.store.keepManifests("sha256:m", "kind: Service\n");
		this.store.keepManifests("sha256:m", "kind: Service\n");
		this.store.keepBake(execution.toString(), "bake", result, provenance, List.of(bound));
		this.store.keepBake(execution.toString(), "bake", result, provenance, List.of(bound));
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
	void manifestsThatNobodyKeptAreAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.manifests("sha256:none"))
			.withMessageContaining("sha256:none");
	}

}
