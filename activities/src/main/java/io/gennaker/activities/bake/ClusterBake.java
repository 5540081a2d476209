package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.Documents;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.ManifestRules;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.manifest.ReleaseMarks;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Binding;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Bakes single destinations of one request. Thread-safe.
 */
final class ClusterBake {

	private final BakeRequest request;

	private final ClusterRendering rendering;

	private final ArtifactImages artifacts;

	private final Expressions expressions;

	private final BakeStore store;

	private final PinnedImages pins;

	private final Documents documents;

	ClusterBake(BakeRequest request, ClusterRendering rendering, Expressions expressions, BakeStore store,
			PinnedImages pins, ManifestLimits limits) {
		this.request = request;
		this.rendering = rendering;
		this.artifacts = new ArtifactImages(request.artifacts());
		this.expressions = expressions;
		this.store = store;
		this.pins = pins;
		this.documents = new Documents(limits);
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
		ExpressionContext here = here(destination);
		String namespace = this.expressions.text(destination.target().namespace(), here);
		String release = this.expressions.text(this.request.stage().release(), here);
		ClusterRendering.Rendered rendered = this.rendering.render(destination, release, namespace, here);
		Manifests manifests = Manifests.of(rendered.chart(), rules(bound, release, namespace, here), this.documents);
		String digest = Sha256.of(manifests.text());
		if (manifests.images().unbound().isEmpty() && manifests.images().unknown().isEmpty()) {
			this.store.keepManifests(digest, manifests.text());
		}
		BakeResult.ManifestSet set = new BakeResult.ManifestSet(destination.targetName(), cluster, namespace, release,
				digest, manifests.objects());
		return new BakedCluster(set, manifests.images(), rendered.chart().notes(), rendered.renderer(),
				rendered.capabilities(), inputs(destination.targetName(), cluster, rendered.layers(), bound));
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

	/**
	 * Which layer gives which value there.
	 */
	ValuesExplanation values(BakeRequest.Destination destination) throws IOException, InterruptedException {
		ExpressionContext here = here(destination);
		return this.rendering.values(destination, this.expressions.text(this.request.stage().release(), here),
				this.expressions.text(destination.target().namespace(), here), here);
	}

	private ExpressionContext here(BakeRequest.Destination destination) {
		return this.request.context()
			.in(destination.cluster(), artifactValues(this.request.bindings().in(destination.cluster().name())));
	}

	private ManifestRules rules(Map<String, BoundArtifact> bound, String release, String namespace,
			ExpressionContext here) {
		Binding binding = this.request.stage().binding();
		ReleaseMarks marks = new ReleaseMarks(release, namespace, here.execution().getOrDefault("pipeline", ""));
		return new ManifestRules(this.artifacts, bound, binding, switch (binding.pin()) {
			case ALL -> this.pins;
			case ARTIFACTS -> null;
		}, marks);
	}

	private static Map<String, ExpressionContext.ArtifactValue> artifactValues(Map<String, BoundArtifact> bound) {
		Map<String, ExpressionContext.ArtifactValue> values = new HashMap<>();
		bound.forEach((component, artifact) -> values.put(component,
				new ExpressionContext.ArtifactValue(artifact.image(), artifact.tag(), artifact.digest())));
		return values;
	}

}
