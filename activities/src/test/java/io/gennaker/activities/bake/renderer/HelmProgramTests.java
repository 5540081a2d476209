package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class HelmProgramTests {

	private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: it}\ndata:\n";

	@TempDir
	Path folder;

	private HelmProgram helm;

	@BeforeEach
	void start() throws Exception {
		Optional<Path> program = Programs.onPath("helm");
		assumeTrue(program.isPresent(), "the helm program is not on the PATH");
		this.helm = new HelmProgram(program.orElseThrow(), limits());
	}

	private RenderLimits limits() {
		return RenderLimits.defaults()
			.withFolder(this.folder)
			.withProcesses(1)
			.withTimeout(Duration.ofSeconds(4))
			.withMemoryBytes(512L * 1024 * 1024);
	}

	@AfterEach
	void stop() {
		if (this.helm != null) {
			this.helm.close();
			assertThat(this.folder).isEmptyDirectory();
		}
	}

	private RenderedChart render(ChartRenderer renderer, ChartFixture chart, Capabilities capabilities,
			String... values) throws Exception {
		List<ValuesLayer> layers = List.of(values)
			.stream()
			.map((yaml) -> new ValuesLayer("values/own.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
			.toList();
		try (UnpackedChart unpacked = new UnpackedChart(chart.read())) {
			return renderer.render(new RenderRequest(unpacked, "classroom", "school", layers, capabilities));
		}
	}

	private String refusal(ChartFixture chart, String... values) {
		String message = assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> render(this.helm, chart, null, values))
			.actual()
			.getMessage();
		assertThat(message).startsWith("chart charts/it ").doesNotContain(this.folder.toString());
		return String.valueOf(message);
	}

	private static String text(RenderedChart rendered, String source) {
		return rendered.files()
			.stream()
			.filter((file) -> file.source().equals(source))
			.findFirst()
			.orElseThrow(() -> new AssertionError(source + " is not among " + rendered.files()))
			.text();
	}

	private static Capabilities cluster(String version, String... apis) {
		return new Capabilities(version, new TreeSet<>(List.of(apis)), Instant.EPOCH);
	}

	@Test
	void itsNameHoldsItsVersion() {
		assertThat(this.helm.name()).matches("helm program v\\d+\\.\\d+\\S*");
	}

	@Test
	void hooksCrdsNotesAndSubchartsAreThere() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.0.0
					dependencies:
					- {name: sub, version: 1.2.3, alias: one}
					- {name: sub, version: 1.2.3, alias: two, condition: two.enabled}
					""")
			.file("values.yaml", "two: {enabled: false}\n")
			.file("crds/thing.yaml",
					"# Source: elsewhere\nkind: CustomResourceDefinition\nd: \"{{ not a template }}\"\n")
			.file("charts/sub-1.2.3.tgz",
					ChartFixture.chart("sub")
						.file("crds/sub.yaml", "kind: CustomResourceDefinition\n")
						.template("sub.yaml", CONFIG_MAP)
						.archive("sub"))
			.template("NOTES.txt", "Installed {{ .Release.Name }}, \"quoted\"\n---\n")
			.template("two.yaml",
					CONFIG_MAP + "  a: 1\n---\n# Source: it/templates/false.yaml\n" + CONFIG_MAP + "  b: 2\n")
			.template("hook.yaml",
					CONFIG_MAP.replace("name: it", "name: it, annotations: {helm.sh/hook: pre-install}"));
		RenderedChart rendered = render(this.helm, chart, null);
		assertThat(rendered.files()).extracting(RenderedChart.RenderedFile::source)
			.containsExactlyInAnyOrder("it/crds/thing.yaml", "it/charts/one/crds/sub.yaml",
					"it/charts/one/templates/sub.yaml", "it/templates/two.yaml", "it/templates/hook.yaml");
		assertThat(text(rendered, "it/crds/thing.yaml")).contains("{{ not a template }}", "# Source: elsewhere");
		assertThat(text(rendered, "it/templates/two.yaml")).contains("a: 1", "b: 2", "templates/false.yaml");
		assertThat(text(rendered, "it/templates/hook.yaml")).contains("helm.sh/hook: pre-install");
		assertThat(rendered.notes()).isEqualTo("Installed classroom, \"quoted\"\n---\n");
	}

	@Test
	void templatesSeeTheClusterAndNothingElse() throws Exception {
		String asked = CONFIG_MAP + """
				  version: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Minor }}
				  git: {{ .Capabilities.KubeVersion.GitVersion }}
				  own: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor" }}
				  gone: {{ .Capabilities.APIVersions.Has "policy/v1" }}
				  all: {{ .Capabilities.APIVersions | toJson | quote }}
				""";
		ChartFixture chart = ChartFixture.chart("it")
			.template("a.yaml", asked)
			.template("very/deep/inside/a.yaml", asked)
			.file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.2.3\n")
			.file("charts/sub/templates/a.yaml", asked);
		RenderedChart rendered = render(this.helm, chart,
				cluster("v1.31.7", "v1", "monitoring.coreos.com/v1", "monitoring.coreos.com/v1/ServiceMonitor"));
		assertThat(rendered.files()).hasSize(3)
			.allSatisfy((file) -> assertThat(file.text()).contains("version: v1.31.7 31\n", "git: v1.31.7\n",
					"own: true\n", "gone: false\n",
					"[\\\"monitoring.coreos.com/v1\\\",\\\"monitoring.coreos.com/v1/ServiceMonitor\\\",\\\"v1\\\"]"));
	}

	@Test
	void aThousandApisFit() throws Exception {
		String[] apis = IntStream.range(0, 3000)
			.mapToObj((n) -> "a-rather-long-group-" + n + ".crossplane.example.com/v1alpha1/SomeKindOfResource")
			.toArray(String[]::new);
		ChartFixture chart = ChartFixture.chart("it")
			.template("a.yaml", CONFIG_MAP + "  n: {{ len .Capabilities.APIVersions }}\n");
		assertThat(text(render(this.helm, chart, cluster("v1.31.0", apis)), "it/templates/a.yaml"))
			.contains("n: 3000\n");
	}

	@Test
	void errorsNameTemplatesAndValuesAsThePipelineDoes() {
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", "a: {{ .Values.b.c }}")))
			.contains("does not render", "it/templates/a.yaml:1")
			.doesNotContain("--debug");
		assertThat(refusal(ChartFixture.chart("it"), "a: [1\n")).contains("values/own.yaml");
	}

	@Test
	void itSeesNoEnvironmentAndNoNetwork() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", CONFIG_MAP + """
				  host: {{ getHostByName "localhost" | quote }}
				  secret: {{ lookup "v1" "Secret" "kube-system" "admin" | toJson | quote }}
				""");
		assertThat(text(render(this.helm, chart, null), "it/templates/a.yaml")).contains("host: \"\"",
				"secret: \"{}\"");
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", "{{ env \"PATH\" }}")))
			.contains("function \"env\" not defined");
	}

	@Test
	void loopsMemoryAndOutputHaveLimits() {
		assertThat(refusal(ChartFixture.chart("it")
			.template("a.yaml",
					"{{ range until 30000 }}{{ range until 30000 }}{{ range until 30000 }}{{ end }}{{ end }}{{ end }}")))
			.contains("took longer than 4.0 s");
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", "{{ range until 1300000000 }}{{ end }}")))
			.contains("wanted more than 512 MiB of memory");
	}

	@Test
	void outputHasALimit() throws Exception {
		ChartFixture chatty = ChartFixture.chart("it")
			.template("a.yaml", CONFIG_MAP + "  a: {{ repeat 200000 \"a\" }}\n");
		try (HelmProgram narrow = new HelmProgram(Programs.onPath("helm").orElseThrow(),
				limits().withOutputBytes(100_000))) {
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> render(narrow, chatty, null))
				.withMessageContaining("more than 97 KiB");
		}
	}

	@Test
	void aRefusedKubernetesVersionIsInHelmsWords() {
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", "apiVersion: v2\nname: it\nversion: 1.0.0\nkubeVersion: '>=1.99'\n");
		assertThat(refusal(chart)).contains("kubeVersion: >=1.99");
	}

}
