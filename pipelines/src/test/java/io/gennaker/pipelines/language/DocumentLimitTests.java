package io.gennaker.pipelines.language;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static io.gennaker.pipelines.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

class DocumentLimitTests {

	private static String problems(String yaml) {
		return soon(() -> Corpus.problems(Corpus.read(yaml)));
	}

	@Test
	void aBombOfAliasesIsRefusedWithinTwoSeconds() {
		String bomb = "a0: &a0 [x, x]\n" + IntStream.rangeClosed(1, 25)
			.mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
			.collect(Collectors.joining("\n"));
		assertThat(problems(bomb)).contains("with its aliases written out the document has more than 50000 values");
	}

	@Test
	void manyAliasesAreRefused() {
		String many = "a: &a x\nb: [" + "*a, ".repeat(51) + "*a]";
		assertThat(problems(many)).startsWith("pipeline.yaml:2:").contains("more than 50 aliases");
	}

	@Test
	void deepNestingIsRefusedWhereItGetsTooDeep() {
		assertThat(problems("[".repeat(100_000))).isEqualTo("pipeline.yaml:1:31: nested deeper than 30 levels\n");
	}

	@Test
	void deepMappingsAreRefused() {
		String deep = IntStream.range(0, 500).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining());
		assertThat(problems(deep)).contains("nested deeper than 30 levels");
	}

	@Test
	void aLargeFileIsRefused() {
		assertThat(problems("#".repeat(1 << 20) + "\n")).contains("at most 1048576 are allowed");
	}

	@Test
	void aFileFullOfValuesIsRefusedWithinTwoSeconds() {
		assertThat(problems("a: [" + "1,".repeat(500_000) + "1]")).contains("more than 50000 values");
	}

	@Test
	void whatIsNotUtf8IsRefused() {
		byte[] latin = "name: é".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(Corpus.problems(Corpus.read(latin))).isEqualTo("pipeline.yaml:1:1: the file is not UTF-8 text\n");
	}

	@Test
	void aMissingFileIsTold() {
		PipelineFiles none = new PipelineFiles(java.util.Map.of());
		assertThat(Corpus.problems(new PipelineReader().read(none, ExampleFiles.INVENTORY)))
			.isEqualTo("pipeline.yaml:1:1: there is no such file in the pipeline's folder\n");
	}

	@Test
	void aHundredProblemsAreToldAtOnceInTheOrderOfTheFile() {
		String yaml = "version: 1\nname: many\nstages:\n" + IntStream.range(0, 100)
			.mapToObj(i -> "  s" + i + ": {type: wait, for: 1m, nedes: []}\n")
			.collect(Collectors.joining());
		ReadResult.Invalid invalid = (ReadResult.Invalid) Corpus.read(yaml);
		assertThat(invalid.problems()).hasSize(100)
			.allSatisfy(problem -> assertThat(problem.message()).endsWith("did you mean 'needs'?"))
			.extracting(Problem::line)
			.isSorted();
	}

	@Test
	void noMoreThanAThousandProblemsAreKept() {
		String yaml = "version: 1\nname: many\nstages:\n"
				+ IntStream.range(0, 3_000).mapToObj(i -> "  s" + i + ": 1\n").collect(Collectors.joining());
		ReadResult.Invalid invalid = soon(() -> (ReadResult.Invalid) Corpus.read(yaml));
		assertThat(invalid.problems()).hasSize(1_001);
		assertThat(invalid.problems().getLast().message()).contains("after 1000 problems");
	}

	@Test
	void aLongChainOfStagesIsCheckedWithinTwoSeconds() {
		assertThat(problems(chain(500))).isEmpty();
		assertThat(problems(chain(4_000))).contains("a pipeline may have 500 stages, not 4000");
	}

	private static String chain(int length) {
		return "version: 1\nname: chain\nstages:\n  s0: {type: wait, for: 1s}\n" + IntStream.range(1, length)
			.mapToObj(i -> "  s" + i + ": {type: wait, for: 1s, needs: [s" + (i - 1) + "], when: 'true'}\n")
			.collect(Collectors.joining());
	}

	@Test
	void aListOfUnknownNamesIsRefusedWithinTwoSeconds() {
		String yaml = chain(499) + "  last: {type: wait, for: 1s, needs: ["
				+ IntStream.range(0, 35_000).mapToObj(i -> "unknown-name-" + i).collect(Collectors.joining(","))
				+ "]}\n";
		assertThat(problems(yaml)).contains("there is no stage 'unknown-name-0'");
	}

	@Test
	void aFileFullOfExpressionsIsRefusedWithinTwoSeconds() {
		String yaml = "version: 1\nname: many\nstages:\n  bake: {type: bake, chart: {path: charts/app}, release: app, set: {a: 1"
				+ IntStream.range(0, 9_000)
					.mapToObj(i -> ", a" + i + ": '${{ " + i + " + 1 }}'")
					.collect(Collectors.joining())
				+ "}}\n";
		assertThat(problems(yaml)).contains("a pipeline may have 500 different expressions");
	}

	@Test
	void anAliasStandsForWhatItNames() {
		assertThat(problems("""
				version: 1
				name: aliases
				targets:
				  one: &one {clusters: [beijing], namespace: &ns app}
				  two: {clusters: [shanghai], namespace: *ns}
				  three: *one
				stages:
				  pause: {type: wait, for: 10m}
				""")).isEmpty();
	}

}
