package io.gennaker.activities.rollout;

import io.gennaker.activities.rollout.manifest.ManifestReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretMaskTests {

	private final SecretMask mask = new SecretMask(ManifestReader.read("""
			apiVersion: v1
			kind: Secret
			metadata: {name: plain}
			stringData: {password: swordfish, short: abc}
			---
			apiVersion: v1
			kind: Secret
			metadata: {name: encoded}
			data: {token: aHVudGVyMi1odW50ZXIy}
			---
			apiVersion: v1
			kind: ConfigMap
			metadata: {name: open}
			data: {level: information}
			"""));

	@Test
	void secretsAreTakenOutHoweverTheyAreWritten() {
		assertThat(this.mask.mask("login swordfish, c3dvcmRmaXNo; hunter2-hunter2, aHVudGVyMi1odW50ZXIy"))
			.isEqualTo("login ********, ********; ********, ********");
	}

	@Test
	void theRestStays() {
		assertThat(this.mask.mask("abc information")).isEqualTo("abc information");
	}

}
