package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.values.ClusterValues;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Bakes single destinations of one request. Thread-safe.
 */
final class ClusterBake {

	private final BakeRequest request;

	private final BakeCharts charts;

	private final ClusterValues values;

	private final ArtifactImages artifacts;

	private final Expressions expressions;

	private final HelmRenderer renderer;

	private final BakeStore store;

	private final ManifestLimits limits;

	ClusterBake(BakeRequest request, BakeCharts charts, ClusterValues values, Expressions expressions,
			HelmRenderer renderer, BakeStore store, ManifestLimits limits) {
		this.request = request;
		this.charts = charts;
		this.values = values;
		this.artifacts = new ArtifactImages(request.artifacts());
		this.expressions = expressions;
		this.renderer = renderer;
		this.store = store;
		this.limits = limits;
	}

	/**
	 * Renders, binds and stores. Manifests with unbound images are not stored.
	 */
	BakedCluster bake(BakeRequest.Destination destination) throws IOException, InterruptedException {
		try {
			return bakeThere(destination);
		}
		catch (BakeRefusedException ex) {
			throw new BakeRefusedException("cluster " + destination.cluster().name() + ": " + ex.getMessage(), ex);
		}
	}

	private BakedCluster bakeThere(BakeRequest.Destination destination) throws IOException, InterruptedException {
		String cluster = destination.cluster().name();
		Map<String, BoundArtifact> bound = this.request.bindings().in(cluster);
		ExpressionContext here = this.request.context().in(destination.cluster(), artifactValues(bound));
		String namespace = this.expressions.text(destination.target().namespace(), here);
		String release = this.expressions.text(this.request.stage().release(), here);
		List<ValuesLayer> layers = this.values.layers(this.request.stage(), destination.target(), cluster, here);
		RenderedChart rendered = this.renderer.render(
				new RenderRequest(this.charts.chart(this.request.stage().chart(), here), release, namespace, layers));
		Manifests manifests = Manifests.of(rendered, this.artifacts, bound, this.limits);
		String digest = Sha256.of(manifests.text());
		if (manifests.images().unbound().isEmpty()) {
			this.store.keepManifests(digest, manifests.text());
		}
		BakeResult.ManifestSet set = new BakeResult.ManifestSet(destination.targetName(), cluster, namespace, release,
				digest, manifests.objects());
		return new BakedCluster(set, manifests.images(), rendered.notes(),
				inputs(destination.targetName(), cluster, layers, bound));
	}

	private static BakeStore.ClusterInputs inputs(String target, String cluster, List<ValuesLayer> layers,
			Map<String, BoundArtifact> bound) {
		Map<String, String> artifacts = new TreeMap<>();
		bound.forEach((component, artifact) -> artifacts.put(component, artifact.image() + "@" + artifact.digest()));
		return new BakeStore.ClusterInputs(target, cluster,
				layers.stream()
					.map((layer) -> new BakeStore.ValuesDigest(layer.name(), Sha256.of(layer.yaml())))
					.toList(),
				artifacts);
	}

	private static Map<String, ExpressionContext.ArtifactValue> artifactValues(Map<String, BoundArtifact> bound) {
		Map<String, ExpressionContext.ArtifactValue> values = new HashMap<>();
		bound.forEach((component, artifact) -> values.put(component,
				new ExpressionContext.ArtifactValue(artifact.image(), artifact.tag(), artifact.digest())));
		return values;
	}

}
