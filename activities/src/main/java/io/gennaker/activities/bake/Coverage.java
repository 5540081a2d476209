package io.gennaker.activities.bake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Whether a bake carries what its release should.
 */
final class Coverage {

	private static final int MOST_SHOWN = 50;

	private final BakeRequest request;

	Coverage(BakeRequest request) {
		this.request = request;
	}

	/**
	 * Checks that each required artifact is bound in some cluster, that no artifact's
	 * image was left without its digest, and that images which were to be pinned exist.
	 * @throws BakeRefusedException with all lists
	 */
	void check(List<BakedCluster> baked) {
		List<String> missing = missing(baked);
		List<String> unbound = baked.stream().flatMap((cluster) -> cluster.unbound().stream()).toList();
		List<String> unknown = baked.stream().flatMap((cluster) -> cluster.unknown().stream()).toList();
		if (missing.isEmpty() && unbound.isEmpty() && unknown.isEmpty()) {
			return;
		}
		List<String> lists = new ArrayList<>();
		if (!missing.isEmpty()) {
			lists.add("Required artifacts that no pod template carries: " + joined(missing) + ".");
			lists.add("Images that no artifact covers: " + uncovered(baked) + ".");
		}
		if (!unbound.isEmpty()) {
			lists.add("Images of the pipeline's artifacts without their digest: " + joined(unbound) + ".");
		}
		if (!unknown.isEmpty()) {
			lists.add("Images to pin that their registries do not have: " + joined(unknown) + ".");
		}
		throw new BakeRefusedException("The manifests do not carry what the release should. " + String.join(" ", lists)
				+ " Correct the chart, its values or the pipeline's artifacts.");
	}

	private static String uncovered(List<BakedCluster> baked) {
		Set<String> images = new TreeSet<>();
		baked.forEach((cluster) -> images.addAll(cluster.uncovered()));
		return images.isEmpty() ? "none" : joined(images);
	}

	/**
	 * Thousands of containers would help nobody, and no message of Temporal's holds them.
	 */
	private static String joined(Collection<String> places) {
		String shown = places.stream().limit(MOST_SHOWN).collect(Collectors.joining("; "));
		return (places.size() <= MOST_SHOWN) ? shown : shown + "; and " + (places.size() - MOST_SHOWN) + " more";
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
