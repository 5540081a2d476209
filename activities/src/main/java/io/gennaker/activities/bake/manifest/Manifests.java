package io.gennaker.activities.bake.manifest;

import java.util.List;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * One cluster's manifests.
 *
 * @param text a YAML stream; the same chart, values and artifacts give the same bytes
 * @param objects how many objects it holds
 * @param images the images in it
 */
public record Manifests(String text, int objects, FoundImages images) {

	/**
	 * Makes manifests of what a chart rendered to, binds its artifacts in pod templates
	 * and changes nothing else.
	 * @param bound the cluster's artifacts by component
	 * @throws BakeRefusedException if it is not YAML, not objects, or passes a limit
	 */
	public static Manifests of(RenderedChart chart, ArtifactImages artifacts, Map<String, BoundArtifact> bound,
			ManifestLimits limits) {
		return of(chart, ManifestRules.bindingOnly(artifacts, bound), new Documents(limits));
	}

	/**
	 * Makes manifests of what a chart rendered to.
	 * @param reader reads its documents
	 * @throws BakeRefusedException if it is not YAML, not objects, passes a limit, or
	 * cannot be bound as the rules want
	 */
	public static Manifests of(RenderedChart chart, ManifestRules rules, Documents reader) {
		ManifestLimits limits = reader.limits();
		List<ManifestDocument> documents = reader.read(chart);
		DocumentBinding binding = new DocumentBinding(rules, documents, limits);
		FoundImages images = FoundImages.none();
		StringBuilder text = new StringBuilder();
		for (ManifestDocument document : documents) {
			text.append("---\n# Source: ").append(document.source()).append('\n');
			text.append(binding.apply(document, images)).append('\n');
			if (text.length() > limits.characters()) {
				throw new BakeRefusedException("the chart renders to more than " + limits.characters() / 1024
						+ " Ki characters, which is the limit");
			}
		}
		binding.checkDeclared();
		return new Manifests(text.toString(), documents.size(), images);
	}

}
