package io.gennaker.activities.bake.renderer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;

import static org.assertj.core.api.Assertions.assertThat;

class PlainYamlTests {

	private static final List<String> KEYS = List.of("kind", "a", "y", "n", "null", "Null", "~", "1", "1.5", "0x1f",
			"12:30", "2001-01-01", "\"quoted\"", "'it''s'", "<<", "? a", "a b", ".inf", "true", "_x", "a.b/c");

	private static final List<String> VALUES = List.of("", "1", "yes", "~", "null", "text", "two words", "a: b", "a:b",
			"a #b", "a#b", "'it''s'", "'open", "\"a\\\"b\"", "\"a\\qb\"", "\"\\x41\"", "{}", "[]", "[a, 'b', \"c\"]",
			"[a b]", "[1, [2]]", "{a: 1}", "|", "|-", ">+", "|2", "> text", ".inf", "-.inf", "+.INF", ".nan", "-1",
			"-x", "--flag=1", "- x", "&a 1", "*a", "!!int x", "!!float 1", "!local x", "@a", "`a", "%a", "1e999",
			"99999999999999999999999999", "1:30", "2001-01-01", "2001-13-45T99:00:00Z", "0o17", "0b2", "=", "<<", "? x",
			"é", "\u0085", "\u2028", "\ufeff", "\ud83d\ude00", "\ttab", "a\ttab", "# comment", "/bin/sh", "$(VAR)",
			"http://example.com:80/", "a:", ":a", "-", "--", "---", "...", "key:", "\u0001");

	@TempDir
	static Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "kind: Pod", "a:\n  b: 1\n  c:\n  - x\n  - y: 2\n    z: 'it''s'",
			"a: |\n  #!/bin/sh\n\n    x\ty\nb: 1", "args: [\"--port=80\", 'b', c]", "- --flag", "a: {} # none",
			"# only\n---\n\na: b", "\"quoted key\": http://x:80/a", "a: |-\n  {{ not: a template }}", "a: 2 # two",
			"- - a\n  - b" })
	void whatIsWrittenPlainly(String yaml) {
		assertThat(PlainYaml.holds(yaml)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: &x 1", "a: *x", "a: !!int 1", "a: .inf", "null: 1", "<<: {}", "? a", "a: {b: c}",
			"a: 'open", "a: b: c", "a:\tb", "plain words", "a: |2\n  x", "a: |\n  \tx\n x", "a: \"\\x41\"", "a: b\r\n",
			"--- text", "a: \u0085", "a: [b, [c]]", "a: -.INF", "%YAML 1.1", "a: |\n   \n  x" })
	void whatMightBeReadOtherwise(String yaml) {
		assertThat(PlainYaml.holds(yaml)).isFalse();
	}

	@Test
	void helmReadsWhatIsPlainAndReadableHere() throws Exception {
		Random random = new Random(20_261_121);
		List<String> plain = new ArrayList<>();
		while (plain.size() < 4000) {
			String yaml = stream(random).strip();
			if (PlainYaml.holds(yaml) && isReadable(yaml)) {
				plain.add(yaml);
			}
		}
		assertThat(complaints(plain)).isEmpty();
	}

	@Test
	void helmComplainsOfWhatItCannotRead() throws Exception {
		assertThat(complaints(List.of("kind: Pod", "a: [", "- a"))).hasSize(2);
	}

	private static String stream(Random random) {
		return IntStream.rangeClosed(0, random.nextInt(6))
			.mapToObj((_) -> line(random))
			.collect(Collectors.joining("\n"));
	}

	private static String line(Random random) {
		String indent = " ".repeat(random.nextInt(3) * 2 + ((random.nextInt(12) == 0) ? 1 : 0));
		String dash = (random.nextInt(4) == 0) ? "- " : "";
		String key = (random.nextInt(6) == 0) ? "" : KEYS.get(random.nextInt(KEYS.size())) + ": ";
		return indent + dash + key + VALUES.get(random.nextInt(VALUES.size()));
	}

	private static boolean isReadable(String yaml) {
		try {
			return new Compose(LoadSettings.builder().build()).composeString(yaml)
				.filter(MappingNode.class::isInstance)
				.isPresent();
		}
		catch (YamlEngineException ex) {
			return false;
		}
	}

	private static List<String> complaints(List<String> streams) throws Exception {
		Chart chart = new Chart("check", new ChartMetadata("check", "0.1.0", false),
				new TreeMap<>(DocumentCheck.chart()));
		List<RenderedFile> files = IntStream.range(0, streams.size())
			.mapToObj((n) -> new RenderedFile("#" + n + "\n" + streams.get(n), false, streams.get(n)))
			.toList();
		try (HelmRenderer renderer = new HelmRenderer(RenderLimits.defaults().withFolder(folder).withProcesses(1));
				UnpackedChart unpacked = renderer.unpack(chart)) {
			return renderer
				.render(new RenderRequest(unpacked, "check", "default",
						List.of(new RenderRequest.ValuesLayer("files", DocumentCheck.values(files), false))))
				.notes()
				.lines()
				.filter((line) -> line.contains("broken"))
				.toList();
		}
	}

	@Test
	void longLinesAreNoTrouble() {
		String base64 = "a".repeat(500_000);
		assertThat(PlainYaml.holds("data: " + base64 + "\nother: \"" + "\\n".repeat(100_000) + "\"")).isTrue();
	}

}
