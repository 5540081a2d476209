package io.gennaker.activities.binding;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.BindingRequest.Place;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Binds the artifacts of one request, one after the other: what was requested, else what
 * the last release in the cluster carries, else the default.
 */
final class ArtifactBinder {

	private final BindingRequest request;

	private final ImageRegistry registry;

	private final Map<Place, Map<String, BoundArtifact>> lastReleases;

	private final Bindings bindings;

	private final List<String> problems;

	/**
	 * A binder for one request.
	 * @param bindings what is bound is added here
	 * @param problems what cannot be bound is added here
	 */
	ArtifactBinder(BindingRequest request, ImageRegistry registry, Map<Place, Map<String, BoundArtifact>> lastReleases,
			Bindings bindings, List<String> problems) {
		this.request = request;
		this.registry = registry;
		this.lastReleases = lastReleases;
		this.bindings = bindings;
		this.problems = problems;
	}

	void bind(String component) throws IOException {
		Artifact artifact = artifact(component);
		String requested = this.request.requested().get(component);
		if (requested != null) {
			Origin origin = this.request.pushed().contains(component) ? Origin.PUSHED : Origin.CHOSEN;
			bindEverywhere(component, resolve(component, requested, origin));
			return;
		}
		Map<String, BoundArtifact> running = running(component, artifact);
		BoundArtifact fallback = needsDefault(running) ? defaultOf(component, artifact, running) : null;
		if (running.isEmpty()) {
			bindEverywhere(component, fallback);
			return;
		}
		for (Place place : this.request.places()) {
			BoundArtifact bound = running.getOrDefault(place.cluster(), fallback);
			if (bound != null) {
				this.bindings.byCluster()
					.computeIfAbsent(place.cluster(), (cluster) -> new HashMap<>())
					.put(component, bound);
			}
		}
	}

	private Artifact artifact(String component) {
		Artifact artifact = this.request.artifacts().get(component);
		if (artifact == null) {
			throw new IllegalArgumentException("there is no artifact " + component);
		}
		return artifact;
	}

	private void bindEverywhere(String component, @Nullable BoundArtifact bound) {
		if (bound != null) {
			this.bindings.common().put(component, bound);
		}
	}

	/**
	 * What the last releases carry, by cluster. An image of another repository than the
	 * artifact's is not the artifact's any more.
	 */
	private Map<String, BoundArtifact> running(String component, Artifact artifact) {
		Map<String, BoundArtifact> running = new HashMap<>();
		for (Place place : this.request.places()) {
			BoundArtifact last = this.lastReleases.getOrDefault(place, Map.of()).get(component);
			if (last == null || !sameRepository(last.image(), artifact.image())) {
				continue;
			}
			BoundArtifact here = new BoundArtifact(component, artifact.image(), last.tag(), last.digest(),
					Origin.LAST_RELEASE);
			BoundArtifact other = running.put(place.cluster(), here);
			if (other != null && !other.digest().equals(here.digest())) {
				this.problems.add("in cluster " + place.cluster() + " several releases carry different images of "
						+ component + "; choose one");
			}
		}
		return running;
	}

	private static boolean sameRepository(String one, String other) {
		return ImageName.parse(one).repository().equals(ImageName.parse(other).repository());
	}

	private boolean needsDefault(Map<String, BoundArtifact> running) {
		return this.request.places().isEmpty()
				|| this.request.places().stream().anyMatch((place) -> !running.containsKey(place.cluster()));
	}

	private @Nullable BoundArtifact defaultOf(String component, Artifact artifact, Map<String, BoundArtifact> running)
			throws IOException {
		if (artifact.defaultReference() != null) {
			return resolve(component, artifact.defaultReference(), Origin.DEFAULT);
		}
		List<String> clusters = this.request.places()
			.stream()
			.map(Place::cluster)
			.filter((cluster) -> !running.containsKey(cluster))
			.distinct()
			.toList();
		this.problems.add("artifact " + component + " has no image"
				+ (clusters.isEmpty() ? "" : " for " + String.join(", ", clusters))
				+ ": none was chosen, no release there carries one, and it has no default");
		return null;
	}

	private @Nullable BoundArtifact resolve(String component, String text, Origin origin) throws IOException {
		Artifact artifact = artifact(component);
		ArtifactChoice choice;
		try {
			choice = ArtifactChoice.parse(text);
		}
		catch (IllegalArgumentException ex) {
			this.problems.add("artifact " + component + ": " + ex.getMessage());
			return null;
		}
		Optional<String> digest = this.registry.digest(artifact.image(), choice.reference());
		if (digest.isEmpty()) {
			this.problems.add("artifact " + component + ": the registry does not have " + artifact.image()
					+ (choice.digest().isEmpty() ? ":" : "@") + choice.reference());
			return null;
		}
		return new BoundArtifact(component, artifact.image(), choice.tag(), digest.get(), origin);
	}

}
