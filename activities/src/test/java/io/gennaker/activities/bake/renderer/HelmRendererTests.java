package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HelmRendererTests {

	private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: it}\ndata:\n";

	private static final String LOOP = """
			{{- range $a := until 30000 }}{{ range $b := until 30000 }}{{ range $c := until 30000 }}{{ end }}{{ end }}{{ end }}
			""";

	@TempDir
	static Path folder;

	private static HelmRenderer renderer;

	@BeforeAll
	static void start() throws Exception {
		renderer = new HelmRenderer(
				RenderLimits.defaults().withFolder(folder).withProcesses(2).withMemoryBytes(512L * 1024 * 1024));
	}

	@AfterAll
	static void stop() throws Exception {
		renderer.close();
		assertThat(folder).isEmptyDirectory();
	}

	private static RenderedChart render(ChartFixture chart, String... values) throws Exception {
		List<ValuesLayer> layers = new ArrayList<>();
		for (String yaml : values) {
			layers.add(new ValuesLayer("values/" + layers.size() + ".yaml", yaml.getBytes(StandardCharsets.UTF_8)));
		}
		try (UnpackedChart unpacked = renderer.unpack(chart.read())) {
			return renderer.render(new RenderRequest(unpacked, "classroom", "school", layers));
		}
	}

	private static String text(RenderedChart rendered, String source) {
		return rendered.files()
			.stream()
			.filter((file) -> file.source().equals(source))
			.findFirst()
			.orElseThrow(() -> new AssertionError(source + " is not among " + rendered.files()))
			.text();
	}

	private static String refusal(ChartFixture chart, String... values) {
		return assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> render(chart, values))
			.actual()
			.getMessage();
	}

	@Test
	void rendersWithReleaseAndValues() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("values.yaml", "greeting: hello\n")
			.template("a.yaml",
					CONFIG_MAP + "  text: {{ .Release.Name }} {{ .Release.Namespace }} {{ .Values.greeting }}\n");
		assertThat(text(render(chart, "greeting: hi\n"), "it/templates/a.yaml")).contains("text: classroom school hi");
	}

	@Test
	void laterLayersWin() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("values.yaml", "a: chart\nb: chart\nc: chart\n")
			.template("a.yaml", CONFIG_MAP + "  text: {{ .Values.a }} {{ .Values.b }} {{ .Values.c }}\n");
		RenderedChart rendered = render(chart, "a: first\nb: first\n", "a: second\n");
		assertThat(text(rendered, "it/templates/a.yaml")).contains("text: second first chart");
	}

	@Test
	void templatesSeeTheConfiguredKubernetes() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.template("a.yaml", CONFIG_MAP + "  version: {{ .Capabilities.KubeVersion.Version }}\n");
		assertThat(text(render(chart), "it/templates/a.yaml")).contains("version: v1.34.0");
	}

	@Test
	void hooksCrdsAndNotesAreThere() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("crds/thing.yaml", "kind: CustomResourceDefinition\ndescription: \"{{ not a template }}\"\n")
			.template("NOTES.txt", "Installed {{ .Release.Name }}")
			.template("hook.yaml",
					CONFIG_MAP.replace("name: it", "name: it, annotations: {helm.sh/hook: pre-install}"));
		RenderedChart rendered = render(chart);
		assertThat(text(rendered, "it/templates/hook.yaml")).contains("helm.sh/hook: pre-install");
		assertThat(text(rendered, "it/crds/thing.yaml")).contains("{{ not a template }}");
		assertThat(rendered.notes()).isEqualTo("Installed classroom");
	}

	@Test
	void subchartsComeWhereTheyAreEnabled() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.0.0
					dependencies:
					- {name: sub, version: 1.2.3, alias: first, condition: first.enabled}
					- {name: sub, version: 1.2.3, alias: second, condition: second.enabled}
					""")
			.file("charts/sub-1.2.3.tgz",
					ChartFixture.chart("sub")
						.file("crds/sub.yaml", "kind: CustomResourceDefinition\n")
						.template("a.yaml",
								CONFIG_MAP + "  chart: {{ .Chart.Name }} {{ .Template.Name }} {{ .Values.x }}\n")
						.archive("sub"));
		RenderedChart rendered = render(chart, "first: {enabled: true, x: 1}\nsecond: {enabled: false}\n");
		assertThat(rendered.files()).extracting(RenderedChart.RenderedFile::source)
			.containsExactlyInAnyOrder("it/charts/first/templates/a.yaml", "it/charts/first/crds/sub.yaml");
		assertThat(text(rendered, "it/charts/first/templates/a.yaml"))
			.contains("chart: first it/charts/first/templates/a.yaml 1");
	}

	@Test
	void aMissingDependencyIsNamed() {
		ChartFixture chart = ChartFixture.chart("it").file("Chart.yaml", """
				apiVersion: v2
				name: it
				version: 1.0.0
				dependencies:
				- {name: redis, version: 1.2.3, repository: https://charts.example.com}
				""");
		assertThat(refusal(chart)).contains("redis").contains("missing in charts/ directory");
	}

	@Test
	void anErrorNamesTemplateAndLineButNoFolder() {
		ChartFixture chart = ChartFixture.chart("it")
			.template("a.yaml", CONFIG_MAP + "  a: {{ fail \"too small\" }}\n");
		assertThat(refusal(chart)).startsWith("chart charts/it does not render:")
			.contains("it/templates/a.yaml:5")
			.contains("too small")
			.doesNotContain(folder.toString())
			.doesNotContain("gennaker.collect");
	}

	@Test
	void brokenValuesAreNamedAsThePipelineNamesThem() {
		assertThat(refusal(ChartFixture.chart("it"), "a: 1\n", "a: [1\n")).contains("values/1.yaml")
			.doesNotContain(folder.toString())
			.doesNotContain("values-1");
	}

	@Test
	void templatesThatAreNotYamlAreRefused() {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", "a: [\n");
		assertThat(refusal(chart)).contains("it/templates/a.yaml");
	}

	@Test
	void renderingSeesNoEnvironmentNoNetworkAndNoClusters() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", CONFIG_MAP + """
				  host: {{ getHostByName "localhost" | quote }}
				  secret: {{ lookup "v1" "Secret" "kube-system" "admin" | toJson | quote }}
				  list: {{ lookup "v1" "Secret" "" "" | toJson | quote }}
				""");
		assertThat(text(render(chart), "it/templates/a.yaml")).contains("host: \"\"", "secret: \"{}\"", "list: \"{}\"");
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", "{{ env \"PATH\" }}")))
			.contains("function \"env\" not defined");
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", "{{ expandenv \"$PATH\" }}")))
			.contains("function \"expandenv\" not defined");
	}

	@Test
	void filesOutsideOfTheChartAreNotThere() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", CONFIG_MAP + """
				  passwd: {{ .Files.Get "../../../../../../etc/passwd" | quote }}
				  absolute: {{ .Files.Get "/etc/passwd" | quote }}
				""");
		assertThat(text(render(chart), "it/templates/a.yaml")).contains("passwd: \"\"", "absolute: \"\"");
	}

	@Test
	void aChartThatLoopsIsStoppedAndTheNextRenders() throws Exception {
		assertThat(refusal(ChartFixture.chart("it").template("a.yaml", LOOP)))
			.contains("took more than 1.2 s of the processor's time");
		rendersWithReleaseAndValues();
	}

	@Test
	void aLargeChartMayTakeMoreOfTheProcessorsTime() {
		assertThat(RenderLimits.defaults().processorTime(5 * 1024 * 1024)).isEqualTo(Duration.ofMillis(6 * 1200));
	}

	@Test
	void aChartThatTakesTooLongIsStopped(@TempDir Path other) throws Exception {
		RenderLimits hasty = RenderLimits.defaults()
			.withFolder(other)
			.withProcesses(1)
			.withTimeout(Duration.ofMillis(300))
			.withProcessorTime(Duration.ofMinutes(1));
		try (HelmRenderer own = new HelmRenderer(hasty);
				UnpackedChart looping = own.unpack(ChartFixture.chart("it").template("a.yaml", LOOP).read())) {
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> own.render(times(looping, 1)))
				.withMessageContaining("took longer than 0.3 s");
		}
	}

	@Test
	void aChartThatWantsTenGigabytesIsStoppedAndTheNextRenders(@TempDir Path other) throws Exception {
		ChartFixture greedy = ChartFixture.chart("it").template("a.yaml", "{{ range until 1300000000 }}{{ end }}");
		RenderLimits limits = RenderLimits.defaults()
			.withFolder(other)
			.withProcesses(1)
			.withMemoryBytes(512L * 1024 * 1024)
			.withProcessorTime(Duration.ofMinutes(1));
		try (HelmRenderer own = new HelmRenderer(limits);
				UnpackedChart wanting = own.unpack(greedy.read());
				UnpackedChart plain = own.unpack(ChartFixture.chart("it").read())) {
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> own.render(times(wanting, 1)))
				.withMessageContaining("wanted more than 512 MiB of memory");
			assertThat(own.render(times(plain, 1)).files()).isEmpty();
		}
	}

	@Test
	void outputHasALimit(@TempDir Path other) throws Exception {
		ChartFixture chatty = ChartFixture.chart("it")
			.template("a.yaml", CONFIG_MAP + "  a: {{ repeat (int .Values.times) \"a\" }}\n");
		RenderLimits limits = RenderLimits.defaults().withFolder(other).withProcesses(1).withOutputBytes(100_000);
		try (HelmRenderer narrow = new HelmRenderer(limits); UnpackedChart unpacked = narrow.unpack(chatty.read())) {
			assertThatExceptionOfType(BakeRefusedException.class)
				.isThrownBy(() -> narrow.render(times(unpacked, 200_000)))
				.withMessageContaining("more than 97 KiB");
			assertThat(narrow.render(times(unpacked, 10)).files()).hasSize(1);
		}
	}

	private static RenderRequest times(UnpackedChart chart, int times) {
		byte[] values = ("times: " + times).getBytes(StandardCharsets.UTF_8);
		return new RenderRequest(chart, "classroom", "school", List.of(new ValuesLayer("v", values)));
	}

	@Test
	void processesThatWereKilledIdleAreReplaced() throws Exception {
		rendersWithReleaseAndValues();
		children(folder).forEach(ProcessHandle::destroyForcibly);
		rendersWithReleaseAndValues();
	}

	@Test
	void aProcessThatIsKilledAtWorkCostsOneRetry(@TempDir Path other) throws Exception {
		RenderLimits patient = RenderLimits.defaults()
			.withFolder(other)
			.withProcesses(1)
			.withTimeout(Duration.ofMinutes(2))
			.withProcessorTime(Duration.ofMinutes(2));
		try (HelmRenderer own = new HelmRenderer(patient);
				UnpackedChart looping = own.unpack(ChartFixture.chart("it").template("a.yaml", LOOP).read());
				UnpackedChart plain = own.unpack(ChartFixture.chart("it").read());
				ExecutorService thread = Executors.newSingleThreadExecutor()) {
			Future<RenderedChart> result = thread.submit(() -> own.render(times(looping, 1)));
			killWhoeverWorks(other);
			killWhoeverWorks(other);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(result::get)
				.withMessageContaining("chart charts/it ended the renderer twice");
			assertThat(own.render(times(plain, 1)).files()).isEmpty();
		}
	}

	private static void killWhoeverWorks(Path place) {
		long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		while (System.nanoTime() < end) {
			List<ProcessHandle> busy = children(place).filter(HelmRendererTests::works).toList();
			if (!busy.isEmpty()) {
				busy.forEach(ProcessHandle::destroyForcibly);
				busy.forEach((child) -> child.onExit().join());
				return;
			}
			Thread.onSpinWait();
		}
		throw new AssertionError("nobody works");
	}

	/** It takes less to get ready. */
	private static boolean works(ProcessHandle child) {
		return child.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(Duration.ofSeconds(4)) > 0;
	}

	private static Stream<ProcessHandle> children(Path place) {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().commandLine().orElse("").contains(place.toString()));
	}

	@Test
	void manyRenderAtTheSameTime() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", CONFIG_MAP + "  n: {{ .Values.number }}\n");
		try (UnpackedChart unpacked = renderer.unpack(chart.read());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<RenderedChart>> results = Stream.iterate(0, (n) -> n + 1)
				.limit(60)
				.map((n) -> threads.submit(() -> renderer.render(new RenderRequest(unpacked, "r" + n, "ns",
						List.of(new ValuesLayer("v", ("number: " + n).getBytes(StandardCharsets.UTF_8)))))))
				.toList();
			for (int n = 0; n < results.size(); n++) {
				assertThat(text(results.get(n).get(), "it/templates/a.yaml")).endsWith("n: " + n + "\n");
			}
		}
	}

	@Test
	void whatAKilledServiceLeftIsDeleted(@TempDir Path other) throws Exception {
		Path left = Files.createDirectory(other.resolve("gennaker-bake-123"));
		Files.writeString(left.resolve("lock"), "");
		Files.writeString(left.resolve("helm.so"), "old");
		try (HelmRenderer next = new HelmRenderer(RenderLimits.defaults().withFolder(other).withProcesses(1))) {
			assertThat(left).doesNotExist();
			assertThat(next.parallelism()).isOne();
		}
	}

}
