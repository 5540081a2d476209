package io.gennaker.activities.bake.values;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.origin.Given;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import io.gennaker.activities.bake.values.ValuesExplanation.Entry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ValuesExplanationTests {

	@TempDir
	static Path folder;

	private static HelmRenderer renderer;

	private static ValuesExplanation explanation;

	@BeforeAll
	static void explain() throws Exception {
		renderer = new HelmRenderer(RenderLimits.defaults().withFolder(folder).withProcesses(1));
		ChartFixture sub = ChartFixture.chart("sub")
			.file("values.yaml", "port: 80\nhost: sub\nglobal: {region: sub, own: 1}\n");
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.0.0
					dependencies:
					- {name: sub, version: 1.2.3, alias: cache}
					""")
			.file("charts/sub-1.2.3.tgz", sub.archive("sub"))
			.file("values.schema.json",
					"{\"properties\": {\"api\": {\"properties\": {\"replicas\": {\"maximum\": 3}}}}}")
			.file("values.yaml", """
					api:
					  replicas: 1
					  image: registry.example.com/api
					  probe: {path: /health, port: 80}
					  hosts: [a, b]
					cache: {host: parent}
					global: {region: none}
					plain: default
					""")
			.template("a.yaml", "{{ fail \"not rendered for an explanation\" }}");
		explanation = explain(chart, file("values/prod.yaml", """
				# production
				api:
				  replicas: 4
				  probe: null
				  labels: &labels {team: classroom}
				copied: {<<: *labels, more: yes}
				"""), file("values/beijing.yaml", """
				api:
				  hosts: [c]
				  replicas: 5
				cache: {port: null}
				global: {region: beijing}
				"""), new ValuesLayer("set of stage bake",
				"{\"api\":{\"replicas\":6},\"a.b\":9007199254740993}".getBytes(StandardCharsets.UTF_8), false));
	}

	@AfterAll
	static void stop() {
		renderer.close();
	}

	private static ValuesLayer file(String name, String yaml) {
		return new ValuesLayer(name, yaml.getBytes(StandardCharsets.UTF_8));
	}

	private static ValuesExplanation explain(ChartFixture chart, ValuesLayer... layers) throws Exception {
		try (UnpackedChart unpacked = renderer.unpack(chart.read())) {
			return ValuesExplanation
				.of(renderer.values(new RenderRequest(unpacked, "classroom", "school", List.of(layers))));
		}
	}

	private static Entry entry(String key) {
		return explanation.entries()
			.stream()
			.filter((entry) -> entry.key().equals(key))
			.findFirst()
			.orElseThrow(() -> new AssertionError(key + " is not among " + explanation.entries()));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "api.replicas, 6, set of stage bake",
					"api.image, \"\"\"registry.example.com/api\"\"\", charts/it/values.yaml:3",
					"api.hosts, \"[\"\"c\"\"]\", values/beijing.yaml:2",
					"copied.team, \"\"\"classroom\"\"\", values/prod.yaml:5", "copied.more, true, values/prod.yaml:6",
					"cache.host, \"\"\"parent\"\"\", charts/it/values.yaml:6",
					"cache.global.own, 1, charts/it/charts/sub-1.2.3.tgz/values.yaml:3",
					"cache.global.region, \"\"\"beijing\"\"\", values/beijing.yaml:5",
					"global.region, \"\"\"beijing\"\"\", values/beijing.yaml:5",
					"plain, \"\"\"default\"\"\", charts/it/values.yaml:8" })
	void theHighestLayerThatGivesAKeyWins(String key, String value, String place) {
		assertThat(entry(key).value()).isEqualTo(value);
		assertThat(entry(key).winner()).extracting(Given::place).isEqualTo(place);
	}

	@Test
	void thoseThatItWonOverAreNamedTheHighestFirst() {
		assertThat(entry("api.replicas").overridden()).extracting(Given::place, Given::text)
			.containsExactly(tuple("values/beijing.yaml:3", "5"), tuple("values/prod.yaml:3", "4"),
					tuple("charts/it/values.yaml:2", "1"));
	}

	@ParameterizedTest
	@CsvSource({ "api.probe.path, values/prod.yaml:4, /health", "api.probe.port, values/prod.yaml:4, 80",
			"cache.port, values/beijing.yaml:4, 80" })
	void whoTookAKeyAwayIsNamed(String key, String remover, String text) {
		assertThat(entry(key).value()).isNull();
		assertThat(entry(key).winner()).extracting(Given::place).isEqualTo(remover);
		assertThat(entry(key).overridden()).extracting(Given::text).containsExactly(text);
	}

	@Test
	void aDotInANameIsEscaped() {
		assertThat(entry("a\\.b").winner()).extracting(Given::place).isEqualTo("set of stage bake");
	}

	@Test
	void theValueIsWhatHelmMakesOfIt() {
		assertThat(entry("a\\.b").value()).isEqualTo("9007199254740992");
	}

	@Test
	void aMappingIsAllKeysInIt() {
		assertThat(explanation.about("cache").entries()).extracting(Entry::key)
			.containsExactly("cache.global.own", "cache.global.region", "cache.host", "cache.port");
		assertThat(explanation.about("api.image").entries()).hasSize(1);
		assertThat(explanation.about("api.im").entries()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "password: hunter2", "db: {adminPassword: hunter2}", "apiKey: hunter2",
			"tls: {key: hunter2}", "credentials: {user: hunter2}", "url: 'postgres://kim:hunter2@db/x'",
			"env: [{name: DB_PASSWORD, value: hunter2}]", "accessToken: hunter2", "JWT_SECRET: hunter2",
			"cert: \"-----BEGIN PRIVATE KEY-----hunter2\"" })
	void whatLooksLikeASecretIsMaskedInEveryLayer(String yaml) throws Exception {
		ValuesExplanation secret = explain(ChartFixture.chart("it").file("values.yaml", yaml),
				file("values/prod.yaml", yaml.replace("hunter2", "hunter3")))
			.masked();
		assertThat(secret.toString()).contains("•••").doesNotContain("hunter");
		assertThat(secret.entries()).isNotEmpty()
			.allSatisfy((entry) -> assertThat(entry.winner()).extracting(Given::place).isEqualTo("values/prod.yaml:1"));
	}

	@Test
	void whatIsNoSecretIsShown() {
		List<String> shown = new ArrayList<>();
		explanation.masked().entries().stream().map(Entry::value).forEach(shown::add);
		assertThat(shown).contains("6", "\"registry.example.com/api\"").doesNotContain("\"•••\"", "•••");
	}

	@Test
	void whatAChartImportsIsMaskedSinceNoLayerNamesIt() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.0.0
					dependencies:
					- {name: sub, version: 1.2.3, import-values: [{child: inner, parent: imported}]}
					""")
			.file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.2.3\n")
			.file("charts/sub/values.yaml", "inner: {x: 1}\n");
		Entry imported = explain(chart).about("imported.x").masked().entries().getFirst();
		assertThat(imported.winner()).isNull();
		assertThat(imported.value()).isEqualTo("•••");
	}

}
