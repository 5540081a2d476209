package io.gennaker.activities.bake;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.manifest.FoundImages;
import io.gennaker.workflows.bake.BakeResult;
import org.jspecify.annotations.Nullable;

/**
 * What the bake of one destination left, without the manifests themselves.
 *
 * @param set where the manifests are
 * @param images the images in them
 * @param notes what {@code NOTES.txt} says, perhaps empty
 * @param renderer name and version of what made them
 * @param capabilities what the cluster can do, where the chart asks for that
 * @param inputs what went into it besides the chart
 */
record BakedCluster(BakeResult.ManifestSet set, FoundImages images, String notes, String renderer,
		@Nullable Capabilities capabilities, BakeStore.ClusterInputs inputs) {

	boolean binds(String component) {
		return this.images.bound().stream().anyMatch((bound) -> bound.component().equals(component));
	}

	List<BakeStore.BoundImage> boundImages() {
		return this.images.bound()
			.stream()
			.map((bound) -> new BakeStore.BoundImage(this.set.cluster(), bound.component(), bound.object(),
					bound.container(), bound.before(), bound.after()))
			.toList();
	}

	/**
	 * The capabilities that it was baked by, if any mattered.
	 */
	Stream<BakeStore.SeenCapabilities> seen() {
		Capabilities seen = this.capabilities;
		return (seen == null) ? Stream.empty() : Stream.of(new BakeStore.SeenCapabilities(this.set.cluster(),
				seen.kubeVersion(), seen.apisDigest(), seen.seenAt(), seen.outage()));
	}

	Set<String> uncovered() {
		return this.images.uncovered();
	}

	/**
	 * The images that were to be pinned and that no registry has, each with cluster and
	 * place.
	 */
	List<String> unknown() {
		return this.images.unknown().stream().map((place) -> this.set.cluster() + ": " + place).toList();
	}

	/**
	 * The images without digest, each with cluster and place.
	 */
	List<String> unbound() {
		return this.images.unbound().stream().map((place) -> this.set.cluster() + ": " + place).toList();
	}

}
