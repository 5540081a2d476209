package io.gennaker.activities.bake.manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentHashTests {

	private static String version(String object) {
		String text = BindingCorpus.bind(object, "versioned").text();
		return text.lines()
			.filter((line) -> line.contains("gennaker.io/version\""))
			.map((line) -> line.replaceAll(".*gennaker.io/version\": \"([^\"]*)\".*", "$1"))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no version in\n" + text));
	}

	private static String configMap(String content) {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" + content;
	}

	private static final String BASE = version(configMap("data: {a: one, b: two}\n"));

	@ParameterizedTest
	@ValueSource(strings = { "data: {b: two, a: one}", "data:\n  b: 'two'\n  a: \"one\"\n",
			"data:\n  a: |-\n    one\n  b: >-\n    two\n", "x: &m {b: two}\ndata: {<<: *m, a: one}",
			"data: {a: zero, a: one, b: two}", "binaryData:\ndata: {a: one, b: two}" })
	void theSameContentHasTheSameHashHoweverItIsWritten(String content) {
		assertThat(version(configMap(content))).isEqualTo(BASE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: {a: one, b: 'two '}", "data: {a: one}", "data: {a: onetwo, b: ''}",
			"data: {a: one, b: two, c: ''}", "binaryData: {a: one, b: two}", "data: {a: one}\nbinaryData: {b: two}",
			"data: {a: one, b: two}\nimmutable: true", "data: {aone: b, two: ''}" })
	void otherContentHasAnotherHash(String content) {
		assertThat(version(configMap(content))).isNotEqualTo(BASE).matches("[a-z0-9]{10}");
	}

	@Test
	void labelsAndAnnotationsDoNotCount() {
		String labelled = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {chart: it-2.0}, "
				+ "annotations: {checksum: x}}\ndata: {a: one, b: two}\n";
		assertThat(version(labelled)).isEqualTo(BASE);
	}

	@Test
	void kindAndTypeCount() {
		String secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: one, b: two}\n";
		assertThat(version(secret)).isNotEqualTo(BASE);
		assertThat(version(secret + "type: Opaque\n")).isNotEqualTo(version(secret));
	}

	@Test
	void aHashStaysTheSameFromVersionToVersionOfTheService() {
		assertThat(BASE).isEqualTo("ck5gh2f2ft");
	}

}
