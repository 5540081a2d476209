package io.gennaker.activities.bake.capability;

import java.util.Collection;

/**
 * Where bakes learn what their clusters can do.
 */
public interface ClusterCapabilities {

	/**
	 * What a cluster can do: what it says now or, where it does not answer, what it said
	 * last.
	 * @param cluster the cluster's name
	 * @throws UnknownCapabilitiesException if it neither answers nor ever did
	 */
	Capabilities of(String cluster);

	/**
	 * Says which clusters will be asked for, so that they can be asked at once.
	 */
	default void prepare(Collection<String> clusters) {
	}

}
