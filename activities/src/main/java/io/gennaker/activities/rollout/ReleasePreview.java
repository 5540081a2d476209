package io.gennaker.activities.rollout;

import java.util.List;

/**
 * What a release would change in a cluster.
 *
 * @param cluster the cluster's name
 * @param changes every object of the release, in the order in which it would be applied,
 * then what it no longer has, in the order in which it would go
 */
public record ReleasePreview(String cluster, List<ObjectChange> changes) {

	public ReleasePreview {
		changes = List.copyOf(changes);
	}

	/**
	 * What would become of one object.
	 *
	 * @param kind such as {@code Deployment}
	 * @param namespace empty for a cluster-wide object
	 * @param name the object's name
	 * @param component its component, empty for none
	 * @param change what would happen to it
	 * @param diff the difference of its YAML in unified format, without status,
	 * bookkeeping and secrets; empty where nothing changes
	 * @param shortened whether the difference was too long to be given whole
	 * @param message the server's own words of a refusal, what a hook is, or whom an
	 * object belonged to; else empty
	 */
	public record ObjectChange(String kind, String namespace, String name, String component, Change change, String diff,
			boolean shortened, String message) {
	}

	/**
	 * What would happen to an object.
	 */
	public enum Change {

		/** It is not there yet. */
		CREATE,
		/** It is there and would change. */
		UPDATE,
		/** It is there and would stay as it is. */
		UNCHANGED,
		/** The API server would refuse it. */
		REFUSED,
		/** It is a hook, and would be run anew. */
		RUN,
		/** It is there and would go. */
		DELETE,
		/** It is there, would be taken over from its owner, and perhaps changed. */
		ADOPT,
		/** It is there and cannot be changed: it would be deleted and made anew. */
		RECREATE

	}

}
