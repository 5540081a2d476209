package io.gennaker.activities.bake;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.source.ChartHost;
import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.bake.source.ServedCharts;
import io.gennaker.activities.bake.source.SourceSettings;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bakes of charts that lie elsewhere.
 */
class FetchedBakeTests {

	@TempDir
	Path folder;

	private final BakeFixture fixture = new BakeFixture().parameter("range", "^1.2")
		.files(Map.of("values/beijing.yaml", "level: info\n".getBytes(StandardCharsets.UTF_8)));

	private ServedCharts served;

	private BakeTools tools;

	@BeforeEach
	void start() throws Exception {
		this.served = new ServedCharts();
		BakeLimits defaults = BakeLimits.defaults();
		this.tools = BakeFixture
			.tools(new BakeLimits(defaults.rendering().withFolder(this.folder.resolve("renderer")).withProcesses(1),
					defaults.chart(), defaults.manifests()), new FakeCapabilities(), null, null);
		publish("1.2.3", "{{ .Values.level }}");
	}

	@AfterEach
	void stop() {
		this.tools.renderers().close();
		this.served.close();
	}

	private void publish(String version, String level) {
		this.served.publish("it", version,
				ChartFixture.chart("it")
					.file("Chart.yaml", "apiVersion: v2\nname: it\nversion: " + version + "\n")
					.template("map.yaml",
							"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {level: " + level + "}\n")
					.archive("it"));
	}

	private HelmBaking baking() {
		ChartSources charts = new ChartSources(
				new SourceSettings(List.of(), List.of(new ChartHost(this.served.host(), true, null, null)), List.of(),
						this.folder.resolve("charts"), SourceSettings.CACHE_BYTES, BakeLimits.defaults().chart()));
		return new HelmBaking(this.fixture, this.fixture, new Expressions(),
				new BakeTools(charts, this.tools.renderers(), this.tools.kustomize(), this.tools.capabilities(),
						this.fixture, this.tools.limits()),
				(_) -> {
				});
	}

	private Stage.Bake stage(String name) {
		return new Stage.Bake("bake", Stage.Options.NONE,
				new ChartSource.Repository(this.served.address(), name, "${{ parameters.range }}"), "classroom",
				List.of("values/${{ cluster.name }}.yaml"), Map.of());
	}

	private BakeResult bake(String name, ChartOrigin... pins) {
		return baking().bake(this.fixture.request(stage(name), BakeFixture.destination("beijing")), List.of(pins));
	}

	private String manifests(BakeResult result) {
		return this.fixture.manifests(result.manifests().getFirst().digest());
	}

	@Test
	void theRangeIsResolvedAtTheBakeAndRecorded() {
		publish("1.3.0", "{{ .Values.level }}-new");
		BakeResult result = bake("it");
		assertThat(manifests(result)).contains("level: info-new");
		BakeStore.Provenance provenance = this.fixture.provenance;
		assertThat(provenance.charts()).singleElement().satisfies((chart) -> {
			assertThat(chart.requested()).isEqualTo("^1.2");
			assertThat(chart.version()).isEqualTo("1.3.0");
			assertThat(chart.pin()).startsWith("sha256:");
			assertThat(chart.digest()).isEqualTo(provenance.chartDigest());
		});
		assertThat(provenance.clusters()).singleElement()
			.satisfies((inputs) -> assertThat(inputs.values()).extracting(BakeStore.ValuesDigest::digest)
				.containsExactly(Sha256.of("level: info\n")));
	}

	@Test
	void theSameBakeIsMadeAgainThoughThereIsANewerVersion() {
		BakeResult before = bake("it");
		ChartOrigin origin = this.fixture.provenance.charts().getFirst();
		publish("1.3.0", "{{ .Values.level }}-new");
		this.served.close();
		assertThat(bake("it", origin)).isEqualTo(before);
	}

	@Test
	void aHostThatIsAwayIsTriedAgainByTemporal() {
		this.served.close();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> bake("it"))
			.withMessageContaining(this.served.host());
	}

	@Test
	void aChartThatIsNotThereIsRefusedForGood() {
		assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> bake("other")).satisfies((failure) -> {
			assertThat(failure.isNonRetryable()).isTrue();
			assertThat(failure.getType()).isEqualTo(Failures.BAKE_REFUSED);
			assertThat(failure.getOriginalMessage()).contains("cluster beijing", "lists no chart other");
		});
	}

}
