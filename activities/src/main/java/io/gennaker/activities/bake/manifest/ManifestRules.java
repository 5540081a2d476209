package io.gennaker.activities.bake.manifest;

import java.util.Map;

import io.gennaker.pipelines.model.Binding;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rendered documents in one cluster.
 *
 * @param artifacts which repository belongs to which artifact
 * @param bound the cluster's artifacts by component
 * @param binding what the bake stage says
 * @param pins the digests of images that no artifact covers; null leaves these as they
 * are
 * @param marks by which labels the release's objects are found again; null for none
 */
public record ManifestRules(ArtifactImages artifacts, Map<String, BoundArtifact> bound, Binding binding,
		@Nullable ImagePins pins, @Nullable ReleaseMarks marks) {

	public ManifestRules {
		bound = Map.copyOf(bound);
	}

	/**
	 * Rules that bind artifacts in pod templates and change nothing else.
	 */
	public static ManifestRules bindingOnly(ArtifactImages artifacts, Map<String, BoundArtifact> bound) {
		return new ManifestRules(artifacts, bound, Binding.DEFAULT, null, null);
	}

}
