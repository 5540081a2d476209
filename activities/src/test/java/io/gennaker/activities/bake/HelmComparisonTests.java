package io.gennaker.activities.bake;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import io.gennaker.pipelines.language.PipelineFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is baked is, byte for byte, what the {@code helm} program renders.
 */
class HelmComparisonTests {

	private static final Path PROJECT = Path.of("..");

	@TempDir
	Path folder;

	@Test
	void theClassroomIsAsHelmRendersIt() throws Exception {
		BakeFixture fixture = new BakeFixture().folder(PROJECT.resolve("charts/classroom"), "chart/");
		Path values = PROJECT.resolve("pipelines/examples/classroom/values");
		compare(fixture.files("r1"), List.of(values.resolve("prod.yaml"), values.resolve("beijing.yaml")));
	}

	@Test
	void aChartWithEverythingIsAsHelmRendersIt() throws Exception {
		ChartFixture sub = ChartFixture.chart("sub")
			.file("values.yaml", "replicas: 1\n")
			.file("crds/thing.yaml", crd("things.example.com"))
			.template("deployment.yaml", """
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: "{{ .Release.Name }}-{{ .Chart.Name }}"}
					spec: {replicas: {{ .Values.replicas }}}
					""");
		ChartFixture chart = ChartFixture.chart("it")
			.file("Chart.yaml", """
					apiVersion: v2
					name: it
					version: 1.2.3
					appVersion: "2026"
					dependencies:
					- {name: sub, version: 1.2.3, alias: one}
					- {name: sub, version: 1.2.3, alias: two, condition: two.enabled}
					- {name: sub, version: 1.2.3, alias: three, condition: three.enabled}
					""")
			.file("values.yaml", "two: {enabled: true, replicas: 2}\nthree: {enabled: false}\nempty:\n")
			.file("config/app.conf", "a = 1\nb = {{ not a template }}\n")
			.file("crds/other.yaml", crd("others.example.com"))
			.file("charts/sub-1.2.3.tgz", sub.archive("sub"))
			.template("_helpers.tpl", "{{ define \"it.labels\" }}app: {{ .Chart.Name }}{{ end }}")
			.template("several.yaml", """
					# a comment first
					apiVersion: v1
					kind: Service
					metadata: {name: svc, labels: { {{- include "it.labels" . -}} }}
					---
					apiVersion: v1
					kind: ConfigMap
					metadata:
					  name: config
					data:
					  app.conf: |
					{{ .Files.Get "config/app.conf" | indent 4 }}
					  missing: {{ .Values.empty }}
					  base: {{ .Template.BasePath }}/{{ .Template.Name }}
					  sum: {{ include (print $.Template.BasePath "/_helpers.tpl") . | sha256sum }}
					  octal: 0644
					  yes: yes
					  <b>: "<&>"
					---
					apiVersion: example.com/v1
					kind: Another
					metadata: {name: b}
					""")
			.template("deeper/job.yaml", """
					apiVersion: batch/v1
					kind: Job
					metadata:
					  name: migrate
					  annotations: {"helm.sh/hook": "pre-upgrade,post-install", "helm.sh/hook-weight": "-5"}
					---
					apiVersion: v1
					kind: Secret
					metadata:
					  name: before
					  annotations: {"helm.sh/hook": pre-install}
					""")
			.template("tests/test.yaml", """
					apiVersion: v1
					kind: Pod
					metadata: {name: test, annotations: {"helm.sh/hook": test}}
					""")
			.template("NOTES.txt", "Hello\n");
		compare(new PipelineFiles(chart.inFolder("chart")), List.of());
	}

	private static String crd(String name) {
		return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: " + name
				+ "\n  description: \"{{ kept }}\"";
	}

	private void compare(PipelineFiles files, List<Path> values) throws Exception {
		Chart chart = new ChartReader(ChartLimits.defaults()).read(files, "chart", null);
		Manifests manifests = Manifests.of(render(chart, values), new ArtifactImages(Map.of()), Map.of(),
				ManifestLimits.defaults());
		assertThat(manifests.objects()).isPositive();
		assertThat(manifests.text().strip()).isEqualTo(helm(files, values).strip());
	}

	private RenderedChart render(Chart chart, List<Path> values) throws Exception {
		List<ValuesLayer> layers = new ArrayList<>();
		for (Path file : values) {
			layers.add(new ValuesLayer(file.toString(), Files.readAllBytes(file)));
		}
		try (HelmRenderer renderer = new HelmRenderer(RenderLimits.defaults().withFolder(this.folder).withProcesses(1));
				UnpackedChart unpacked = renderer.unpack(chart)) {
			return renderer.render(new RenderRequest(unpacked, "classroom", "school", layers));
		}
	}

	private String helm(PipelineFiles files, List<Path> values) throws Exception {
		assumeTrue(isOnPath("helm"), "the helm program is not on the PATH, so there is nothing to compare with");
		Path unpacked = this.folder.resolve("files");
		for (Map.Entry<String, byte[]> file : files.all().entrySet()) {
			Path path = unpacked.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue());
		}
		List<String> command = new ArrayList<>(
				List.of("helm", "template", "classroom", unpacked.resolve("chart").toString(), "--namespace", "school",
						"--include-crds", "--skip-tests", "--kube-version", RenderLimits.defaults().kubeVersion()));
		values.forEach((file) -> command.addAll(List.of("--values", file.toString())));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isZero();
		return output;
	}

	private static boolean isOnPath(String program) throws IOException {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, program))
			.anyMatch(Files::isExecutable);
	}

}
