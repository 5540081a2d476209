package io.gennaker.activities.bake.capability;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.bake.capability.CapabilityUse.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CapabilityUseTests {

	private static CapabilityUse use(String file, String text) {
		return CapabilityUse.of(Map.of(file, text.getBytes(StandardCharsets.UTF_8)));
	}

	private static CapabilityUse use(String text) {
		return use("templates/a.yaml", text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ if .Capabilities.APIVersions.Has \"a/v1\" }}x{{ end }}",
			"{{- if $.Capabilities.APIVersions.Has `a/v1` -}}x{{ end }}",
			"{{ if and .Values.x (.Capabilities.APIVersions.Has \"a/v1\") }}x{{ end }}",
			"{{ $caps := .Capabilities }}{{ if $caps.APIVersions.Has \"a/v1\" }}x{{ end }}",
			"{{ \"a/v1\" | .Capabilities.APIVersions.Has }}",
			"{{ \"}}\" }}{{ .Capabilities.APIVersions.Has \"a/v1\" }}",
			"{{ .Capabilities.APIVersions.Has\n  \"a/v1\" }}" })
	void literalsAreFound(String text) {
		CapabilityUse use = use(text);
		assertThat(use.any()).isTrue();
		assertThat(use.questions()).containsExactly(new Question("templates/a.yaml", "a/v1"));
		assertThat(use.open()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{{ .Capabilities.APIVersions | toYaml }}", "{{ range .Capabilities.APIVersions }}x{{ end }}",
					"{{ .Capabilities.APIVersions.Has .Values.api }}", "{{ $apis := .Capabilities.APIVersions }}",
					"{{ .Capabilities.APIVersions.Has (printf \"%s/v1\" .Values.group) }}",
					"{{ or (.Capabilities.APIVersions.Has \"a/v1\") (.Capabilities.APIVersions.Has .Values.b) }}",
					"{{ (index .Capabilities \"APIVersions\").Has \"a/v1\" }}" })
	void otherUsesAreOpen(String text) {
		assertThat(use(text).open()).containsExactly("templates/a.yaml");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{{/* .Capabilities.APIVersions.Has \"a/v1\" */}}", "# .Capabilities.APIVersions.Has \"a/v1\"",
					"{{- /* .Capabilities.APIVersions */ -}}\n{{ .Values.a }}", "kind: ConfigMap" })
	void commentsAndPlainTextAskNothing(String text) {
		assertThat(use(text)).isEqualTo(CapabilityUse.NONE);
	}

	@Test
	void theVersionAloneNeedsNoList() {
		CapabilityUse use = use("{{ semverCompare \">=1.21-0\" .Capabilities.KubeVersion.Version }}");
		assertThat(use.any()).isTrue();
		assertThat(use.questions()).isEmpty();
		assertThat(use.open()).isEmpty();
		assertThat(use.wholeVersion()).isEmpty();
		assertThat(use("{{ .Capabilities.KubeVersion }}").wholeVersion()).containsExactly("templates/a.yaml");
	}

	@Test
	void aConstraintOfTheChartMatters() {
		assertThat(use("Chart.yaml", "name: a\nkubeVersion: '>=1.20'\n").any()).isTrue();
		assertThat(use("charts/sub/Chart.yaml", "name: a\nkubeVersion: '>=1.20'\n").any()).isTrue();
		assertThat(use("Chart.yaml", "name: a\n").any()).isFalse();
	}

	@Test
	void valuesThatAreTemplatesAreRead() {
		CapabilityUse use = CapabilityUse.NONE.and("values/prod.yaml",
				"a: '{{ .Capabilities.APIVersions.Has \"a/v1\" }}'".getBytes(StandardCharsets.UTF_8));
		assertThat(use.questions()).containsExactly(new Question("values/prod.yaml", "a/v1"));
	}

	@Test
	void whatPeopleReadIsNotRead() {
		String text = "{{ .Capabilities.APIVersions }}";
		assertThat(use("README.md", text)).isEqualTo(CapabilityUse.NONE);
		assertThat(use("crds/a.yaml", text)).isEqualTo(CapabilityUse.NONE);
	}

	@Test
	void differencesAreOfWhatIsAsked() {
		CapabilityUse use = use(
				"{{ .Capabilities.APIVersions.Has \"a/v1\" }}{{ .Capabilities.APIVersions.Has \"b/v1\" }}");
		assertThat(use.difference(Set.of("a/v1", "c/v1"), Set.of("a/v1"))).isEmpty();
		assertThat(use.difference(Set.of("a/v1"), List.of("a/v1", "b/v1"))).map(Question::api).contains("b/v1");
		assertThat(use.difference(Set.of("a/v1"), Set.of())).map(Question::api).contains("a/v1");
	}

	@Test
	void anUnclosedActionEnds() {
		assertThat(use("{{ .Capabilities.APIVersions.Has \"a/v1").any()).isTrue();
		assertThat(use("{{/* .Capabilities").any()).isFalse();
	}

}
