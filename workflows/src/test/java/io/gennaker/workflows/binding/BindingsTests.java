package io.gennaker.workflows.binding;

import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext.ArtifactValue;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BindingsTests {

	private static final BoundArtifact OLD = artifact("v1", "sha256:a", Origin.LAST_RELEASE);

	private static final BoundArtifact NEW = artifact("v2", "sha256:b", Origin.LAST_RELEASE);

	@Test
	void aClusterHasTheCommonArtifactsAndItsOwn() {
		Bindings bindings = new Bindings(Map.of("proxy", NEW), Map.of("north", Map.of("api", OLD)));
		assertThat(bindings.in("north")).containsEntry("proxy", NEW).containsEntry("api", OLD);
		assertThat(bindings.in("south")).containsOnlyKeys("proxy");
	}

	@Test
	void whatAllClustersCarryIsOneValueOverall() {
		Bindings bindings = new Bindings(Map.of(), Map.of("north", Map.of("api", OLD), "south", Map.of("api", OLD)));
		assertThat(bindings.overall()).containsEntry("api", new ArtifactValue("example.com/api", "v1", "sha256:a"));
	}

	@Test
	void whatDiffersAmongClustersIsListedOverall() {
		Map<String, Map<String, BoundArtifact>> byCluster = new LinkedHashMap<>();
		byCluster.put("north", Map.of("api", NEW));
		byCluster.put("south", Map.of("api", OLD));
		assertThat(new Bindings(Map.of(), byCluster).overall()).containsEntry("api",
				new ArtifactValue("example.com/api", "v1, v2", "sha256:a, sha256:b"));
	}

	@Test
	void whatOneClusterCarriesInsteadOfTheCommonIsListedOverall() {
		Bindings bindings = new Bindings(Map.of("api", OLD), Map.of("north", Map.of("api", NEW)));
		assertThat(bindings.overall()).containsEntry("api",
				new ArtifactValue("example.com/api", "v1, v2", "sha256:a, sha256:b"));
	}

	private static BoundArtifact artifact(String tag, String digest, Origin origin) {
		return new BoundArtifact("api", "example.com/api", tag, digest, origin);
	}

}
