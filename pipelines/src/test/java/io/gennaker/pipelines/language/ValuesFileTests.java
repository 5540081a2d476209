package io.gennaker.pipelines.language;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesFileTests {

	private static final String PIPELINE = """
			version: 1
			name: values
			stages:
			  bake: {type: bake, chart: {path: charts/app}, release: app, values: [values.yaml], set: {a.b: [1]}}
			""";

	private static String problems(String values) {
		Map<String, byte[]> files = Map.of(PipelineFiles.PIPELINE, PIPELINE.getBytes(StandardCharsets.UTF_8),
				"charts/app/Chart.yaml", new byte[0], "values.yaml", values.getBytes(StandardCharsets.UTF_8));
		return Corpus.problems(new PipelineReader().read(new PipelineFiles(files), ExampleFiles.INVENTORY));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a: [1                | values.yaml:1:6: not YAML: while parsing a flow sequence
			a: !ruby/object x    | values.yaml:1:4: the tag '!ruby/object' is not allowed
			- a                  | values.yaml:1:1: values must be a mapping, not a list
			text                 | values.yaml:1:1: values must be a mapping, not text
			""")
	void aBadValuesFileIsToldAfterThePipelinesOwnProblems(String values, String problem) {
		assertThat(problems(values)).startsWith("pipeline.yaml:4:").contains("\n" + problem);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing yet", "a: {b: [1]}", "---", "{}" })
	void aGoodOneIsNotMentioned(String values) {
		assertThat(problems(values)).doesNotContain("values.yaml:");
	}

}
