package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RenderersTests {

	@TempDir
	Path folder;

	private HelmRenderer helm;

	private Renderers renderers;

	@BeforeEach
	void start() throws Exception {
		this.helm = new HelmRenderer(RenderLimits.defaults().withFolder(this.folder).withProcesses(2));
		this.renderers = new Renderers(this.helm, null, 1_000_000);
	}

	@AfterEach
	void stop() {
		this.renderers.close();
	}

	private long children() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().commandLine().orElse("").contains(this.folder.toString()))
			.count();
	}

	private Renderers.Rendering render(UnpackedChart chart, String release, String values, Capabilities capabilities)
			throws Exception {
		return this.renderers.render(new RenderRequest(chart, release, "school",
				List.of(new ValuesLayer("v", values.getBytes(StandardCharsets.UTF_8))), capabilities));
	}

	@Test
	void noProcessIsThereBeforeItIsWantedOrWarm() throws Exception {
		assertThat(children()).isZero();
		this.renderers.warm();
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (children() < 2 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		assertThat(children()).isEqualTo(2);
	}

	@Test
	void theSameIsRenderedOnceAndAnythingElseAnew() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", "a: {{ .Values.a }} {{ .Release.Name }}\n");
		try (UnpackedChart one = this.renderers.unpack(chart.read());
				UnpackedChart same = this.renderers.unpack(chart.read());
				UnpackedChart other = this.renderers.unpack(chart.template("b.yaml", "b: 1\n").read())) {
			Renderers.Rendering first = render(one, "r", "a: 1", null);
			assertThat(first.renderer()).isEqualTo(HelmRenderer.NAME);
			assertThat(render(one, "r", "a: 1", null).chart()).isSameAs(first.chart());
			assertThat(render(same, "r", "a: 1", null).chart()).isSameAs(first.chart());
			assertThat(render(one, "r", "a: 2", null).chart()).isNotEqualTo(first.chart());
			assertThat(render(one, "s", "a: 1", null).chart()).isNotEqualTo(first.chart());
			assertThat(render(other, "r", "a: 1", null).chart()).isNotEqualTo(first.chart());
		}
	}

	@Test
	void anotherVersionOfKubernetesIsAnotherRendering() throws Exception {
		ChartFixture chart = ChartFixture.chart("it")
			.template("a.yaml", "a: {{ .Capabilities.KubeVersion.Version }}\n");
		try (UnpackedChart unpacked = this.renderers.unpack(chart.read())) {
			assertThat(render(unpacked, "r", "", cluster("v1.30.0", "v1")).chart())
				.isNotEqualTo(render(unpacked, "r", "", cluster("v1.31.0", "v1")).chart())
				.isSameAs(render(unpacked, "r", "", cluster("v1.30.0", "v1", "apps/v1")).chart());
		}
	}

	private static Capabilities cluster(String version, String... apis) {
		return new Capabilities(version, new TreeSet<>(List.of(apis)), Instant.EPOCH);
	}

	@Test
	void helmsOwnListIsHelms() throws Exception {
		assertThat(this.helm.builtInApis()).contains("v1", "apps/v1", "batch/v1")
			.doesNotContain("apps/v1/Deployment", "monitoring.coreos.com/v1");
	}

	@Test
	void whatIsKeptIsThereAtOnce() throws Exception {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", "a: 1\n");
		try (UnpackedChart unpacked = this.renderers.unpack(chart.read())) {
			RenderedChart first = render(unpacked, "r", "", null).chart();
			ProcessHandle.current()
				.children()
				.filter((child) -> child.info().commandLine().orElse("").contains(this.folder.toString()))
				.forEach((child) -> {
					child.destroyForcibly();
					child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
				});
			assertThat(render(unpacked, "r", "", null).chart()).isSameAs(first);
			assertThat(children()).isZero();
		}
	}

}
