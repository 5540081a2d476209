package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a schema refuses is told with the layer that gave it last.
 */
class SchemaErrorTests {

	private static final String SCHEMA = """
			{"type": "object", "properties": {"api": {"type": "object", "required": ["image"],
			 "properties": {"image": {"type": "string"}, "replicas": {"type": "integer", "minimum": 1, "maximum": 10},
			  "hosts": {"items": {"type": "string"}}}}}}
			""";

	@TempDir
	static Path folder;

	private static HelmRenderer renderer;

	@BeforeAll
	static void start() throws Exception {
		renderer = new HelmRenderer(RenderLimits.defaults().withFolder(folder).withProcesses(1));
	}

	@AfterAll
	static void stop() {
		renderer.close();
	}

	private static ChartFixture chart(String values) {
		return ChartFixture.chart("classroom").file("values.schema.json", SCHEMA).file("values.yaml", values);
	}

	private static List<String> complaints(ChartFixture chart, String... values) {
		List<ValuesLayer> layers = new ArrayList<>();
		for (String yaml : values) {
			layers.add(new ValuesLayer(yaml.startsWith("{") ? "set of stage bake" : "values/" + layers.size() + ".yaml",
					yaml.getBytes(StandardCharsets.UTF_8), !yaml.startsWith("{")));
		}
		String message = assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> {
			try (UnpackedChart unpacked = renderer.unpack(chart.read())) {
				renderer.render(new RenderRequest(unpacked, "classroom", "school", layers));
			}
		}).actual().getMessage();
		List<String> lines = message.lines().toList();
		assertThat(lines.getFirst())
			.isEqualTo("chart charts/it does not render: its values are not what its schema allows:");
		return lines.subList(1, lines.size());
	}

	@Test
	void theFileAndLineThatGaveItLastAreNamed() {
		assertThat(complaints(chart("api: {image: a}\n"), "api: {replicas: 3}\n", "# more\napi:\n  replicas: 11\n",
				"other: 1\n"))
			.containsExactly(
					"values/1.yaml:3: api.replicas: must be ≤ 10, not 11 (chart classroom's values.schema.json)");
	}

	@Test
	void aSetIsNamed() {
		assertThat(complaints(chart("api: {image: a}\n"), "api: {replicas: 3}\n", "{\"api\": {\"replicas\": \"3\"}}"))
			.containsExactly(
					"set of stage bake: api.replicas: must be of type integer, not string (chart classroom's values.schema.json)");
	}

	@Test
	void theChartsOwnDefaultIsCalledSo() {
		assertThat(complaints(chart("api:\n  image: a\n  replicas: 0\n"), "other: 1\n")).containsExactly(
				"charts/it/values.yaml:3: api.replicas: must be ≥ 1, not 0; the chart's own default (chart classroom's values.schema.json)");
	}

	@Test
	void whoTookARequiredKeyAwayIsNamed() {
		assertThat(complaints(chart("api: {image: a}\n"), "api:\n  image: null\n")).containsExactly(
				"values/0.yaml:2: api.image: is missing, taken away by null (chart classroom's values.schema.json)");
	}

	@Test
	void aMissingKeyIsNamedWhereItShouldStand() {
		assertThat(complaints(chart("other: 1\n"), "more: 2\napi: {replicas: 2}\n"))
			.containsExactly("values/0.yaml:2: api.image: is missing (chart classroom's values.schema.json)");
	}

	@Test
	void everyComplaintIsTold() {
		assertThat(complaints(chart("api: {image: a}\n"), "api:\n  replicas: 0\n  hosts: [a, 1]\n")).hasSize(2)
			.anySatisfy((line) -> assertThat(line).startsWith("values/0.yaml:2: api.replicas: must be ≥ 1"))
			.anySatisfy((line) -> assertThat(line).startsWith("values/0.yaml:3: api.hosts.1: must be of type string"));
	}

	@Test
	void subchartsAreToldByTheirKeys() {
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.0.0
					dependencies: [{name: sub, version: "*", alias: cache}]
					""")
			.file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.2.3\n")
			.file("charts/sub/values.schema.json",
					"{\"properties\": {\"port\": {\"type\": \"integer\"}, \"global\": {}}, \"additionalProperties\": false}");
		assertThat(complaints(chart, "cache:\n  port: 80\n  prot: 1\n")).containsExactly(
				"values/0.yaml:3: cache.prot: is not a key that the schema knows (chart cache's values.schema.json)");
	}

}
