package io.gennaker.web.rebake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.gennaker.activities.bake.BakeLimits;
import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.BakeTools;
import io.gennaker.activities.bake.HelmBaking;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.bake.source.SourceSettings;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.binding.Bindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RebakesTests {

	@TempDir
	Path folder;

	private final TestService service = new TestService();

	private final Map<String, byte[]> files = new TreeMap<>();

	private final RevisionFiles revisions = (_) -> new PipelineFiles(this.files);

	private BakeTools tools;

	private UUID execution;

	@BeforeEach
	void bake() throws IOException {
		BakeLimits limits = BakeLimits.defaults();
		RenderLimits rendering = limits.rendering().withFolder(this.folder.resolve("renderer")).withProcesses(1);
		ChartSources charts = new ChartSources(new SourceSettings(List.of(), List.of(), List.of(),
				this.folder.resolve("charts"), SourceSettings.CACHE_BYTES, limits.chart()));
		this.tools = new BakeTools(charts, new Renderers(new HelmRenderer(rendering), null, 0),
				new Kustomize(null,
						new ProgramLimits(rendering.timeout(), rendering.memoryBytes(), rendering.outputBytes()),
						rendering.folder()),
				new UnaskedCapabilities(), new UnaskedRegistry(), limits);
		file("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.4.0\n");
		file("charts/app/templates/map.yaml",
				"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {level: {{ .Values.level }}}\n");
		file("values/beijing.yaml", "level: info\n");
		file("values/shanghai.yaml", "level: debug\n");
		this.service.pipeline("");
		this.execution = this.service.start().id();
		new HelmBaking(this.revisions, this.service.get(BakeStore.class), new Expressions(), this.tools, (_) -> {
		}).bake(request(this.execution));
	}

	@AfterEach
	void close() {
		this.tools.renderers().close();
		this.service.close();
	}

	private void file(String path, String content) {
		this.files.put(path, content.getBytes(StandardCharsets.UTF_8));
	}

	private static BakeRequest request(UUID execution) {
		Stage.Bake stage = new Stage.Bake("bake", Stage.Options.NONE, new ChartSource.Path("charts/app", null), "app",
				List.of("values/${{ cluster.name }}.yaml"), Map.of());
		ExpressionContext context = new ExpressionContext(Map.of(), Map.of(), Map.of("type", "manual"), Map.of(),
				Map.of(), null);
		return new BakeRequest(execution.toString(), "r1", stage, Map.of(), new Bindings(Map.of(), Map.of()), context,
				List.of(destination("beijing"), destination("shanghai")));
	}

	private static BakeRequest.Destination destination(String cluster) {
		return new BakeRequest.Destination("all",
				new Target(new ClusterSelector.Named(List.of(cluster)), "app", List.of(), Map.of()),
				new Cluster(cluster, cluster, Map.of()));
	}

	private Comparison compare(UUID id) {
		return new Rebakes(this.service.get(BakeReads.class), this.revisions, new Expressions(), this.tools,
				this.service.get(BakeStore.class))
			.compare(id, "bake");
	}

	@Test
	void theSameIsMadeAgain() {
		Comparison comparison = compare(this.execution);
		assertThat(comparison.equal()).isTrue();
		assertThat(comparison.differing()).isEmpty();
		assertThat(comparison.clusters()).extracting(Comparison.Cluster::cluster)
			.containsExactly("beijing", "shanghai");
		assertThat(comparison.after()).isEqualTo(comparison.before());
		assertThat(comparison.before().charts()).singleElement()
			.satisfies((chart) -> assertThat(chart.version()).isEqualTo("1.4.0"));
	}

	@Test
	void clustersThatDifferAreNamed() {
		file("values/shanghai.yaml", "level: trace\n");
		Comparison comparison = compare(this.execution);
		assertThat(comparison.equal()).isFalse();
		assertThat(comparison.differing()).containsExactly("shanghai");
	}

	@Test
	void nothingIsWritten() {
		file("values/shanghai.yaml", "level: trace\n");
		long before = rows();
		compare(this.execution);
		assertThat(rows()).isEqualTo(before);
	}

	private long rows() {
		return this.service.jdbc()
			.sql("select (select count(*) from bakes) + (select count(*) from manifests) + (select count(*) from execution_bakes)")
			.query(Long.class)
			.single();
	}

	@Test
	void whatIsNotToBeHadAnyMoreIsAConflict() {
		this.files.remove("values/shanghai.yaml");
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> compare(this.execution))
			.withMessageContaining("values/shanghai.yaml");
	}

	@Test
	void aStageWithoutABakeIsNotFound() {
		UUID other = this.service.start().id();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> compare(other));
	}

	@Test
	void theProvenanceHasEachClustersValues() {
		assertThat(this.service.get(BakeReads.class).find(this.execution, "bake").orElseThrow().provenance().clusters())
			.satisfiesExactly((beijing) -> {
				assertThat(beijing.cluster()).isEqualTo("beijing");
				assertThat(beijing.values()).singleElement().satisfies((values) -> {
					assertThat(values.name()).isEqualTo("values/beijing.yaml");
					assertThat(values.digest()).startsWith("sha256:");
				});
			}, (shanghai) -> assertThat(shanghai.cluster()).isEqualTo("shanghai"));
	}

	/**
	 * The chart asks nothing of its cluster.
	 */
	private static final class UnaskedCapabilities implements ClusterCapabilities {

		@Override
		public Capabilities of(String cluster) {
			throw new AssertionError("the chart asks nothing of " + cluster);
		}

		@Override
		public void prepare(Collection<String> clusters) {
			throw new AssertionError("the chart asks nothing of " + clusters);
		}

	}

	/**
	 * No image is pinned.
	 */
	private static final class UnaskedRegistry implements ImageRegistry {

		@Override
		public Optional<String> digest(String image, String reference) {
			throw new AssertionError("nothing pins " + image);
		}

		@Override
		public List<Tag> tags(String image, int limit) {
			throw new AssertionError("nobody lists " + image);
		}

	}

}
