package io.gennaker.web.release;

import java.util.Map;

import io.gennaker.activities.binding.LastReleases;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.BoundArtifact;

import org.springframework.stereotype.Component;

/**
 * The newest releases, for the binding of artifacts.
 */
@Component
class StoredReleases implements LastReleases {

	private final ReleaseReads reads;

	StoredReleases(ReleaseReads reads) {
		this.reads = reads;
	}

	@Override
	public Map<String, BoundArtifact> artifacts(BindingRequest.Place place) {
		return this.reads.current(place.cluster(), place.namespace(), place.release())
			.map(Release::artifacts)
			.orElseGet(Map::of);
	}

}
