package io.gennaker.activities.bake.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Binding;
import io.gennaker.pipelines.model.Binding.Pin;
import io.gennaker.pipelines.model.ImageField;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.binding.BoundArtifact.Origin;

/**
 * The artifacts, fields and names with which tests bind documents.
 */
final class BindingCorpus {

	static final String API = "registry.example.com/classroom/api";

	static final String HUB = "docker.io/library/nginx";

	static final String DIGEST = "sha256:" + "1".repeat(64);

	private static final Map<String, Artifact> ARTIFACTS = Map.of("api", new Artifact(API, true, null), "web",
			new Artifact(HUB, true, null));

	private static final Map<String, BoundArtifact> BOUND = Map.of("api",
			new BoundArtifact("api", API, "v1", DIGEST, Origin.CHOSEN), "web",
			new BoundArtifact("web", HUB, "1.29", DIGEST, Origin.CHOSEN));

	private static final List<ImageField> FIELDS = List.of(
			new ImageField.Reference("Rollout", "argoproj.io/v1alpha1", "spec.template.spec.containers[*].image"),
			new ImageField.Reference("Machine", null, "metadata.annotations['example.com/image']"),
			new ImageField.Parts("Machine", null, "spec.images[*].repository", "spec.images[*].tag",
					"spec.images[*].digest"),
			new ImageField.Parts("Machine", null, "spec.single.name", "spec.single.version", null));

	private static final ReleaseMarks MARKS = new ReleaseMarks("app", "ns", "classroom");

	private BindingCorpus() {
	}

	/**
	 * Rules by their words: {@code marks}, {@code bind}, {@code pin}, {@code versioned}.
	 */
	static ManifestRules rules(Set<String> words) {
		Binding binding = new Binding(words.contains("bind") ? FIELDS : List.of(),
				words.contains("pin") ? Pin.ALL : Pin.ARTIFACTS, List.of("auto", "registry.example.com/mesh/*"),
				words.contains("versioned"), 3);
		ImagePins pins = (image) -> Optional.of("sha256:" + "2".repeat(64)).filter((_) -> !image.contains("missing"));
		return new ManifestRules(new ArtifactImages(ARTIFACTS), BOUND, binding, words.contains("pin") ? pins : null,
				words.contains("marks") ? MARKS : null);
	}

	static Manifests bind(String text, String... words) {
		RenderedChart chart = new RenderedChart(List.of(new RenderedFile("it/templates/a.yaml", false, text)), "");
		return Manifests.of(chart, rules(Set.of(words)), new Documents(ManifestLimits.defaults()));
	}

}
