package io.gennaker.activities.binding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.activities.signature.ImageSignatures;
import io.gennaker.activities.signature.SignatureRefusedException;
import io.gennaker.workflows.binding.BindingActivities;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;

/**
 * Binds artifacts by asking image registries.
 */
public final class RegistryBinding implements BindingActivities {

	private final ImageRegistry registry;

	private final LastReleases releases;

	private final SignatureCheck signatures;

	/**
	 * Binds what the registry has and whose signature is as the pipeline asks.
	 * @param revisions where the public keys of pipelines are
	 */
	public RegistryBinding(ImageRegistry registry, LastReleases releases, ImageSignatures signatures,
			RevisionFiles revisions) {
		this.registry = registry;
		this.releases = releases;
		this.signatures = new SignatureCheck(signatures, revisions);
	}

	@Override
	public Bindings bind(BindingRequest request) {
		List<String> problems = new ArrayList<>();
		for (String component : request.requested().keySet()) {
			if (!request.artifacts().containsKey(component)) {
				problems.add("there is no artifact " + component + "; there are "
						+ request.artifacts().keySet().stream().sorted().toList());
			}
		}
		try {
			Bindings bindings = bind(request, problems);
			if (problems.isEmpty()) {
				this.signatures.check(request, bindings);
				return bindings;
			}
		}
		catch (SignatureRefusedException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.UNVERIFIED_IMAGE);
		}
		catch (IOException ex) {
			throw ApplicationFailure.newFailureWithCause(ex.getMessage(), ImageRegistry.UNAVAILABLE, ex);
		}
		throw ApplicationFailure.newNonRetryableFailure(String.join("; ", problems), Failures.UNKNOWN_IMAGE);
	}

	private Bindings bind(BindingRequest request, List<String> problems) throws IOException {
		Bindings bindings = new Bindings(new LinkedHashMap<>(), new LinkedHashMap<>());
		ArtifactBinder binder = new ArtifactBinder(request, this.registry, lastReleases(request), bindings, problems);
		for (String component : request.artifacts().keySet()) {
			binder.bind(component);
		}
		return bindings;
	}

	private Map<BindingRequest.Place, Map<String, BoundArtifact>> lastReleases(BindingRequest request) {
		Map<BindingRequest.Place, Map<String, BoundArtifact>> last = new LinkedHashMap<>();
		request.places().forEach((place) -> last.put(place, this.releases.artifacts(place)));
		return last;
	}

}
