package io.gennaker.web.bake;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestDocumentTests {

	@Test
	void whatASecretHoldsIsMasked() {
		List<ManifestDocument> documents = ManifestDocument.of("""
				apiVersion: v1
				kind: Secret
				metadata: {name: keys, annotations: {last: canary}}
				data: {token: canary}
				stringData: {plain: canary}
				""");
		assertThat(documents).singleElement().satisfies((document) -> {
			assertThat(document.name()).isEqualTo("keys");
			assertThat(document.masked()).isTrue();
			assertThat(document.text()).doesNotContain("canary").contains("token", "plain");
		});
	}

	@Test
	void aSecretInAListIsMaskedToo() {
		List<ManifestDocument> documents = ManifestDocument
			.of("kind: List\nitems:\n- kind: Secret\n  data: {token: canary}\n");
		assertThat(documents).singleElement()
			.satisfies((document) -> assertThat(document.text()).doesNotContain("canary"));
	}

	@Test
	void otherObjectsStandAsTheyWereRendered() {
		String text = "kind: ConfigMap\nmetadata: {name: a} # why\n";
		assertThat(ManifestDocument.of("---\n" + text)).singleElement()
			.isEqualTo(new ManifestDocument("ConfigMap", "a", text, false));
	}

	@Test
	void whatCannotBeReadIsNotShown() {
		assertThat(ManifestDocument.of("kind: Secret\ndata: [canary\n")).singleElement()
			.satisfies((document) -> assertThat(document.text()).doesNotContain("canary"));
	}

}
