package io.gennaker.activities.bake;

import java.util.List;
import java.util.Set;

import io.gennaker.activities.bake.manifest.FoundImages;
import io.gennaker.workflows.bake.BakeResult;

/**
 * What the bake of one destination left, without the manifests themselves.
 *
 * @param set where the manifests are
 * @param images the images in them
 * @param notes what {@code NOTES.txt} says, perhaps empty
 * @param inputs what went into it besides the chart
 */
record BakedCluster(BakeResult.ManifestSet set, FoundImages images, String notes, BakeStore.ClusterInputs inputs) {

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

	Set<String> uncovered() {
		return this.images.uncovered();
	}

	/**
	 * The images without digest, each with cluster and place.
	 */
	List<String> unbound() {
		return this.images.unbound().stream().map((place) -> this.set.cluster() + ": " + place).toList();
	}

}
