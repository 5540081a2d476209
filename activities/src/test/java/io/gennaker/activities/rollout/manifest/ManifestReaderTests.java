package io.gennaker.activities.rollout.manifest;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestReaderTests {

	@Test
	void emptyDocumentsAreLeftOut() {
		assertThat(ManifestReader.read("---\n# nothing\n---\n" + configMap("a") + "---\n---\n" + configMap("b")))
			.extracting(Manifest::title)
			.containsExactly("ConfigMap/a", "ConfigMap/b");
	}

	@Test
	void aListStandsForItsItems() {
		String list = """
				apiVersion: v1
				kind: List
				items:
				- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
				- apiVersion: v1
				  kind: List
				  items: [{apiVersion: v1, kind: Secret, metadata: {name: b}}]
				""";
		assertThat(ManifestReader.read(list)).extracting(Manifest::title).containsExactly("ConfigMap/a", "Secret/b");
	}

	@Test
	void scalarsAreReadAsKubernetesToolsReadThem() {
		Manifest manifest = ManifestReader.read(configMap("a") + """
				data: {octal: 0644, modern: 0o644, hex: 0x1f, yes: yes, off: off, version: 1.20, exponent: 1e3,
				  time: 2026-01-01, text: '0644', nothing: ~, plus: +12, name: no-way, big: 9223372036854775808}
				""").getFirst();
		@SuppressWarnings("unchecked")
		Map<String, Object> data = (Map<String, Object>) manifest.at("data");
		assertThat(data).containsEntry("octal", 420L)
			.containsEntry("modern", 420L)
			.containsEntry("hex", 31L)
			.containsEntry("true", true)
			.containsEntry("false", false)
			.containsEntry("version", 1.2)
			.containsEntry("exponent", 1000.0)
			.containsEntry("time", "2026-01-01")
			.containsEntry("text", "0644")
			.containsEntry("nothing", null)
			.containsEntry("plus", 12L)
			.containsEntry("name", "no-way")
			.containsEntry("big", 9.223372036854775808e18);
	}

	@Test
	void whatIsNoObjectIsRefusedWithItsPlace() {
		assertRefused("just text", "document 1 is not a Kubernetes object");
		assertRefused(configMap("a") + "---\nkind: Service\nmetadata: {name: b}\n", "document 2 lacks apiVersion");
		assertRefused("a: [", "not valid YAML");
		assertRefused(configMap("a") + "data: {a: !!binary aGVsbG8=}\n", "tagged value");
	}

	@Test
	void anObjectThatStandsTwiceIsRefused() {
		assertRefused(configMap("a") + "---\n" + configMap("a"), "ConfigMap/a twice");
	}

	@Test
	void aBombOfAliasesIsRefused() {
		StringBuilder bomb = new StringBuilder(configMap("a")).append("x0: &x0 [a, a]\n");
		for (int i = 1; i < 60; i++) {
			bomb.append("x%d: &x%d [*x%d, *x%d]\n".formatted(i, i, i - 1, i - 1));
		}
		assertRefused(bomb.toString(), "not valid YAML");
	}

	@Test
	void endlessNestingIsRefused() {
		assertRefused(configMap("a") + "data: " + "[".repeat(5000) + "]".repeat(5000), "");
	}

	@Test
	void aChangeOfAManifestLeavesTheOriginal() {
		Manifest manifest = ManifestReader.read(configMap("a")).getFirst();
		Manifest changed = manifest.with("classroom", "metadata", "namespace");
		assertThat(changed.namespace()).isEqualTo("classroom");
		assertThat(manifest.namespace()).isEmpty();
		assertThat(changed.without("metadata", "namespace")).isEqualTo(manifest);
	}

	private static void assertRefused(String manifests, String words) {
		assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> ManifestReader.read(manifests))
			.withMessageContaining(words);
	}

	private static String configMap(String name) {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
	}

	static List<Manifest> read(String manifests) {
		return ManifestReader.read(manifests);
	}

}
