package io.gennaker.activities.bake.source;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockDigestTests {

	private static final Map<String, Object> COMMON = Map.of("name", "common", "version", ">=2.0.0 <3, !=2.1.0",
			"repository", "file://../common", "tags", List.of("backend", "it's & <b>"), "condition",
			"common.enabled,global.common");

	private static final Map<String, Object> OTHER = Map.of("name", "other", "version", "^0.3", "repository",
			"file://../other", "alias", "autre", "import-values",
			List.of("data", Map.of("parent", "here", "child", "there/ü")));

	private static final List<Map<?, ?>> LOCKED = List.of(
			Map.of("name", "common", "version", "2.1.3", "repository", "file://../common"),
			Map.of("name", "other", "version", "0.3.0+build.7", "repository", "file://../other"));

	/** What {@code helm dependency update} of Helm 3.21 wrote. */
	private static final String DIGEST = "sha256:476a746b840c77c934a89ee7ae45854629b16673977edb2717af6d362b5f0077";

	@Test
	void theDigestIsHelms() {
		assertThat(LockDigest.accepts(DIGEST, List.of(COMMON, OTHER), LOCKED)).isTrue();
	}

	@Test
	void everyChangeIsSeen() {
		assertThat(LockDigest.accepts(DIGEST, List.of(COMMON), LOCKED)).isFalse();
		assertThat(LockDigest.accepts(DIGEST, List.of(OTHER, COMMON), LOCKED)).isFalse();
		assertThat(LockDigest.accepts(DIGEST, List.of(COMMON, OTHER), LOCKED.reversed())).isFalse();
	}

}
