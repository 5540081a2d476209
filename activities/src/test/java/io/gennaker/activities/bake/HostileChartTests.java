package io.gennaker.activities.bake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import io.gennaker.pipelines.language.PipelineFiles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each kind of hostile chart against the whole way from its bytes to its manifests. How
 * long each took is reported, not judged: what must hold is that each is refused for what
 * it is, without a word of what it was after, and that the next chart renders.
 */
class HostileChartTests {

	private static final String CANARY = "canary-of-the-file-outside";

	private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: it}\ndata:\n";

	private static final byte[] METADATA = "apiVersion: v2\nname: it\nversion: 1.0.0\n"
		.getBytes(StandardCharsets.UTF_8);

	@TempDir
	static Path folder;

	private static HelmRenderer renderer;

	@BeforeAll
	static void start() throws Exception {
		Files.writeString(folder.resolve("outside"), CANARY);
		renderer = new HelmRenderer(RenderLimits.defaults()
			.withFolder(folder)
			.withProcesses(1)
			.withMemoryBytes(512L * 1024 * 1024)
			.withOutputBytes(1024 * 1024));
		bake(plain(ChartFixture.chart("it").template("a.yaml", CONFIG_MAP + "  a: b\n")));
	}

	@AfterAll
	static void stop() {
		renderer.close();
	}

	private static Map<String, byte[]> plain(ChartFixture chart) {
		return chart.inFolder("chart");
	}

	private static Map<String, byte[]> packed(byte[] archive) {
		return Map.of("chart.tgz", archive);
	}

	private static Map<String, byte[]> entry(String name, byte type, String link) {
		return packed(ChartFixture.archive((tar) -> {
			ChartFixture.entry(tar, new TarArchiveEntry("it/Chart.yaml"), METADATA);
			TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
			entry.setLinkName(link);
			ChartFixture.entry(tar, entry, CONFIG_MAP.getBytes(StandardCharsets.UTF_8));
		}));
	}

	private static Map<String, byte[]> template(String text) {
		return plain(ChartFixture.chart("it").template("a.yaml", text));
	}

	private static Map<String, byte[]> manyFiles() {
		ChartFixture chart = ChartFixture.chart("it");
		for (int i = 0; i < 6000; i++) {
			chart.file("f/" + i, "");
		}
		return packed(chart.archive("it"));
	}

	private static Map<String, byte[]> deepArchives() {
		byte[] archive = ChartFixture.chart("c").archive("c");
		for (int i = 0; i < 12; i++) {
			archive = ChartFixture.chart("c").file("charts/c.tgz", archive).archive("c");
		}
		return packed(archive);
	}

	private static Map<String, byte[]> aliasesOfAliases() {
		StringBuilder dependencies = new StringBuilder("apiVersion: v2\nname: sub\nversion: 1.0.0\ndependencies:\n");
		for (int i = 0; i < 40; i++) {
			dependencies.append("- {name: sub, version: 1.0.0, alias: a").append(i).append("}\n");
		}
		ChartFixture chart = ChartFixture.chart("sub").file("Chart.yaml", dependencies.toString());
		String place = "";
		for (int i = 0; i < 5; i++) {
			place += "charts/sub/";
			chart.file(place + "Chart.yaml", dependencies.toString());
		}
		return plain(chart);
	}

	private static Map<String, byte[]> schema(String content) {
		return plain(ChartFixture.chart("it")
			.file("values.schema.json", "{" + content + "}")
			.template("a.yaml", CONFIG_MAP + "  a: b\n"));
	}

	private static String yamlBomb(String indent) {
		StringBuilder bomb = new StringBuilder(indent + "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			bomb.append(indent)
				.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1));
			bomb.append("]\n");
		}
		return bomb.toString();
	}

	static List<Hostile> hostile() {
		String passwd = "../".repeat(12) + "etc/passwd";
		return List.of(new Hostile("a path upwards", () -> entry("it/" + passwd, TarConstants.LF_NORMAL, ""), "path"),
				new Hostile("an absolute path", () -> entry("/etc/cron.d/it", TarConstants.LF_NORMAL, ""), "absolute"),
				new Hostile("a drive", () -> entry("C:/it/a", TarConstants.LF_NORMAL, ""), "absolute"),
				new Hostile("a backslash", () -> entry("it\\..\\..\\a", TarConstants.LF_NORMAL, ""), "path"),
				new Hostile("a symbolic link",
						() -> entry("it/values.yaml", TarConstants.LF_SYMLINK, folder + "/outside"),
						"links are refused"),
				new Hostile("a hard link", () -> entry("it/values.yaml", TarConstants.LF_LINK, folder + "/outside"),
						"links are refused"),
				new Hostile("a device", () -> entry("it/zero", TarConstants.LF_CHR, ""), "neither file nor folder"),
				new Hostile("a pipe", () -> entry("it/pipe", TarConstants.LF_FIFO, ""), "neither file nor folder"),
				new Hostile("a link in a subchart", () -> plain(ChartFixture.chart("it")
					.file("charts/sub.tgz", entry("sub/a", TarConstants.LF_SYMLINK, "/etc/passwd").get("chart.tgz"))),
						"links are refused"),
				new Hostile("a bomb of zeros",
						() -> packed(ChartFixture.chart("it").file("zeros", new byte[64 << 20]).archive("it")),
						"larger than"),
				new Hostile("a bomb in a subchart",
						() -> plain(ChartFixture.chart("it")
							.file("charts/sub.tgz",
									ChartFixture.chart("sub").file("zeros", new byte[64 << 20]).archive("sub"))),
						"larger than"),
				new Hostile("many files", HostileChartTests::manyFiles, "entries"),
				new Hostile("a deep path",
						() -> packed(ChartFixture.chart("it").file("d/".repeat(40) + "x", "").archive("it")), "names"),
				new Hostile("archives in archives", HostileChartTests::deepArchives, "archives within archives"),
				new Hostile("aliases of aliases", HostileChartTests::aliasesOfAliases, "charts within"),
				new Hostile("a YAML bomb as Chart.yaml",
						() -> plain(ChartFixture.chart("it").file("Chart.yaml", yamlBomb(""))), "Chart.yaml"),
				new Hostile("a YAML bomb as values.yaml",
						() -> plain(ChartFixture.chart("it").file("values.yaml", yamlBomb(""))), "values.yaml"),
				new Hostile("a YAML bomb as output", () -> template(CONFIG_MAP + yamlBomb("  ")), "a.yaml"),
				new Hostile("output without end in depth", () -> template("a: {{ repeat 200000 \"[\" }}"), "a.yaml"),
				new Hostile("a tag of another language",
						() -> plain(ChartFixture.chart("it")
							.file("Chart.yaml", "a: !!java.net.URL [\"http://127.0.0.1/\"]")),
						"Chart.yaml"),
				new Hostile("much output", () -> template(CONFIG_MAP + "  a: {{ repeat 1500000 \"a\" }}\n"), "KiB"),
				new Hostile("much memory", () -> template("{{ range until 1300000000 }}{{ end }}"), "stopped"),
				new Hostile("a loop", () -> template(
						"{{ range until 30000 }}{{ range until 30000 }}{{ range until 30000 }}{{ end }}{{ end }}{{ end }}"),
						"stopped"),
				new Hostile("a recursion",
						() -> template("{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"),
						"nested reference"),
				new Hostile("a recursion of tpl",
						() -> template("{{ $_ := set .Values \"t\" \"{{ tpl .Values.t . }}\" }}{{ tpl .Values.t . }}"),
						"chart"),
				new Hostile("the environment", () -> template("{{ env \"PATH\" }}"), "\"env\" not defined"),
				new Hostile("the environment in a text", () -> template("{{ expandenv \"$HOME\" }}"), "not defined"),
				new Hostile("a schema in a file outside", () -> schema("\"$ref\": \"file://" + folder + "/outside\""),
						"outside of itself"),
				new Hostile("a schema on a network",
						() -> schema("\"allOf\": [{\"$ref\": \"http://169.254.169.254/latest/meta-data\"}]"),
						"outside of itself"),
				new Hostile("a schema relative to a network",
						() -> schema("\"$id\": \"http://127.0.0.1/a\", \"$ref\": \"b\""), "outside of itself"),
				new Hostile("a schema of a schema on a network", () -> schema("\"$schema\": \"http://127.0.0.1/a\""),
						"none of json-schema.org's"),
				new Hostile("a schema in a subchart",
						() -> plain(ChartFixture.chart("it")
							.file("charts/sub.tgz",
									ChartFixture.chart("sub")
										.file("values.schema.json", "{\"$ref\": \"../../../outside\"}")
										.archive("sub"))),
						"outside of itself"),
				new Hostile("a schema too deep to read", () -> schema("\"a\": " + "[".repeat(5000) + "]".repeat(5000)),
						"is not JSON"),
				new Hostile("a name that breaks out of the collector",
						() -> plain(ChartFixture.chart("it").file("templates/_gennaker-names.tpl", "x")), "reserved"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("hostile")
	void isRefusedForWhatItIsAndTheNextRenders(Hostile hostile, TestReporter reporter) throws Exception {
		Map<String, byte[]> files = hostile.files().get();
		long start = System.nanoTime();
		String message = assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> bake(files))
			.actual()
			.getMessage();
		reporter.publishEntry(hostile.name(), (System.nanoTime() - start) / 1_000_000 + " ms");
		assertThat(message).contains(hostile.reason()).doesNotContain(CANARY, "root:x:", folder + "/gennaker");
		assertThat(bake(template(CONFIG_MAP + "  a: b\n"))).contains("a: b");
	}

	static Stream<String> curious() {
		return Stream.of("{{ .Files.Get \"../../outside\" }}", "{{ .Files.Get \"/etc/passwd\" }}",
				"{{ range $n, $_ := .Files.Glob \"/**\" }}{{ $n }}{{ end }}{{ .Files.Get \"..\" }}",
				"{{ lookup \"v1\" \"Secret\" \"kube-system\" \"\" | toJson }}", "{{ getHostByName \"localhost\" }}",
				"{{ (.Files.Glob \"../**\").AsConfig }}");
	}

	@ParameterizedTest
	@MethodSource("curious")
	void whatLooksForMoreFindsNothing(String expression) throws Exception {
		assertThat(bake(template(CONFIG_MAP + "  a: |\n    " + expression + " end\n")))
			.doesNotContain(CANARY, "root:", "127.0.0.1")
			.contains(" end");
	}

	private static String bake(Map<String, byte[]> files) throws Exception {
		Chart chart = new ChartReader(ChartLimits.defaults()).read(new PipelineFiles(new TreeMap<>(files)),
				files.containsKey("chart.tgz") ? "chart.tgz" : "chart", null);
		try (UnpackedChart unpacked = renderer.unpack(chart)) {
			return Manifests
				.of(renderer.render(new RenderRequest(unpacked, "r", "ns", List.<ValuesLayer>of())),
						new ArtifactImages(Map.of()), Map.of(), ManifestLimits.defaults())
				.text();
		}
	}

	/**
	 * A hostile chart.
	 *
	 * @param name what it tries
	 * @param files a chart as {@code chart} or {@code chart.tgz}
	 * @param reason what its refusal must say
	 */
	record Hostile(String name, Supplier<Map<String, byte[]>> files, String reason) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
