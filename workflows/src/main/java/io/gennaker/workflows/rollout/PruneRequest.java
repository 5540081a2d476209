package io.gennaker.workflows.rollout;

import java.util.List;

/**
 * Asks for objects to be deleted that a release no longer has.
 *
 * @param rollout the whole rollout, everything of which is healthy
 * @param objects what goes, in this order
 */
public record PruneRequest(RolloutRequest rollout, List<ObsoleteObject> objects) {

	public PruneRequest {
		objects = List.copyOf(objects);
	}

}
