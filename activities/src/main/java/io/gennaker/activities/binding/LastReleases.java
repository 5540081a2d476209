package io.gennaker.activities.binding;

import java.util.Map;

import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * What runs where.
 */
public interface LastReleases {

	/**
	 * The images of the newest release in a place, by component; empty where there is
	 * none.
	 */
	Map<String, BoundArtifact> artifacts(BindingRequest.Place place);

}
