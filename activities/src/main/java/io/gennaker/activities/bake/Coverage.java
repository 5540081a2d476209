package io.gennaker.activities.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Whether a bake carries what its release should.
 */
final class Coverage {

	private final BakeRequest request;

	Coverage(BakeRequest request) {
		this.request = request;
	}

	/**
	 * Checks that each required artifact is bound in some cluster, and that no artifact's
	 * image was left without its digest.
	 * @throws BakeRefusedException with both lists
	 */
	void check(List<BakedCluster> baked) {
		List<String> missing = missing(baked);
		List<String> unbound = baked.stream().flatMap((cluster) -> cluster.unbound().stream()).toList();
		if (missing.isEmpty() && unbound.isEmpty()) {
			return;
		}
		List<String> lists = new ArrayList<>();
		if (!missing.isEmpty()) {
			lists.add("Required artifacts that no pod template carries: " + String.join("; ", missing) + ".");
			lists.add("Images that no artifact covers: " + uncovered(baked) + ".");
		}
		if (!unbound.isEmpty()) {
			lists.add("Images of the pipeline's artifacts without their digest: " + String.join("; ", unbound) + ".");
		}
		throw new BakeRefusedException("The manifests do not carry what the release should. " + String.join(" ", lists)
				+ " Correct the chart, its values or the pipeline's artifacts.");
	}

	private static String uncovered(List<BakedCluster> baked) {
		Set<String> images = new TreeSet<>();
		baked.forEach((cluster) -> images.addAll(cluster.uncovered()));
		return images.isEmpty() ? "none" : String.join("; ", images);
	}

	private List<String> missing(List<BakedCluster> baked) {
		List<String> missing = new ArrayList<>();
		this.request.artifacts().forEach((component, artifact) -> {
			if (isWanted(component, artifact) && baked.stream().noneMatch((cluster) -> cluster.binds(component))) {
				missing.add(component + " (" + artifact.image() + ")");
			}
		});
		return missing;
	}

	private boolean isWanted(String component, Artifact artifact) {
		return artifact.required() || bindings().map((bound) -> bound.get(component))
			.anyMatch((bound) -> bound != null && isAsked(bound.origin()));
	}

	private Stream<Map<String, BoundArtifact>> bindings() {
		return Stream.concat(Stream.of(this.request.bindings().common()),
				this.request.bindings().byCluster().values().stream());
	}

	private static boolean isAsked(BoundArtifact.Origin origin) {
		return switch (origin) {
			case CHOSEN, PUSHED -> true;
			case LAST_RELEASE, DEFAULT -> false;
		};
	}

}
