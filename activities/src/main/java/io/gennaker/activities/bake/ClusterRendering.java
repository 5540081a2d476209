package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.values.ArtifactValues;
import io.gennaker.activities.bake.values.ClusterValues;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.bake.BakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Makes a destination's documents, before images are bound: from a chart or plain
 * manifests, with a kustomization on top. Thread-safe.
 */
final class ClusterRendering {

	private final BakeRequest request;

	private final PipelineFiles files;

	private final BakeCharts charts;

	private final PlainManifests plain;

	private final ClusterValues values;

	private final Expressions expressions;

	private final BakeTools tools;

	private final AtomicBoolean asked = new AtomicBoolean();

	ClusterRendering(BakeRequest request, PipelineFiles files, BakeCharts charts, PlainManifests plain,
			Expressions expressions, BakeTools tools) {
		this.request = request;
		this.files = files;
		this.charts = charts;
		this.plain = plain;
		this.values = new ClusterValues(files, expressions);
		this.expressions = expressions;
		this.tools = tools;
	}

	/**
	 * The documents.
	 * @param here what expressions may refer to, with the cluster at hand
	 */
	Rendered render(BakeRequest.Destination destination, String release, String namespace, ExpressionContext here)
			throws IOException, InterruptedException {
		Rendered rendered = (this.request.stage().chart() instanceof ChartSource.Manifests(String path))
				? new Rendered(this.plain.read(this.expressions.text(path, here)), PlainManifests.NAME, null, List.of())
				: chart(destination, release, namespace, here);
		String overlay = this.request.stage().kustomize();
		return (overlay != null) ? overlay(rendered, this.expressions.text(overlay, here)) : rendered;
	}

	private Rendered chart(BakeRequest.Destination destination, String release, String namespace,
			ExpressionContext here) throws IOException, InterruptedException {
		RenderRequest wanted = wanted(destination, release, namespace, here);
		Capabilities capabilities = wanted.use().any() ? capabilities(destination.cluster().name()) : null;
		Renderers.Rendering rendering = this.tools.renderers()
			.render((capabilities != null) ? wanted.in(capabilities) : wanted);
		return new Rendered(rendering.chart(), rendering.renderer(), capabilities, wanted.values());
	}

	private RenderRequest wanted(BakeRequest.Destination destination, String release, String namespace,
			ExpressionContext here) throws IOException {
		Stage.Bake stage = this.request.stage();
		return new RenderRequest(this.charts.chart(stage.chart(), here), release, namespace, this.values.layers(
				this.request.values(), stage, destination.target(), destination.cluster().name(), here,
				ArtifactValues.of(this.request.artifacts(), this.request.bindings().in(destination.cluster().name()))));
	}

	/**
	 * Which layer gives which value there.
	 */
	ValuesExplanation values(BakeRequest.Destination destination, String release, String namespace,
			ExpressionContext here) throws IOException, InterruptedException {
		return ValuesExplanation.of(this.tools.renderers().values(wanted(destination, release, namespace, here)));
	}

	/** The first of many asks for all of them at once. */
	private Capabilities capabilities(String cluster) {
		if (!this.asked.getAndSet(true)) {
			this.tools.capabilities()
				.prepare(this.request.destinations()
					.stream()
					.map((destination) -> destination.cluster().name())
					.distinct()
					.toList());
		}
		return this.tools.capabilities().of(cluster);
	}

	/**
	 * No image is bound before, so that a kustomization sees them as they were written.
	 */
	private Rendered overlay(Rendered rendered, String overlay) throws IOException, InterruptedException {
		Manifests before = Manifests.of(rendered.chart(), new ArtifactImages(Map.of()), Map.of(),
				this.tools.limits().manifests());
		String after = this.tools.kustomize().build(this.files, overlay, before.text());
		RenderedChart chart = new RenderedChart(List.of(new RenderedFile(overlay, false, after)),
				rendered.chart().notes());
		return new Rendered(chart, rendered.renderer() + ", " + this.tools.kustomize().name(), rendered.capabilities(),
				rendered.layers());
	}

	/**
	 * A destination's documents.
	 *
	 * @param renderer name and version of what made them
	 * @param capabilities what the cluster can do, where the chart asks for that
	 * @param layers of values, lowest first
	 */
	record Rendered(RenderedChart chart, String renderer, @Nullable Capabilities capabilities,
			List<ValuesLayer> layers) {
	}

}
