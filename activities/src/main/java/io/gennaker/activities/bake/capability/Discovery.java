package io.gennaker.activities.bake.capability;

import java.time.Clock;

import io.gennaker.activities.rollout.ClusterClients;

/**
 * Asks a cluster what it can do.
 */
@FunctionalInterface
public interface Discovery {

	/**
	 * Asks now.
	 * @throws ClusterAwayException if it does not answer
	 */
	Capabilities ask(String cluster);

	/**
	 * Asks the API servers of an inventory.
	 */
	static Discovery of(ClusterClients clusters, Clock clock) {
		return new ApiDiscovery(clusters, clock);
	}

	/**
	 * A cluster that does not answer, in its own words or the network's.
	 */
	final class ClusterAwayException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public ClusterAwayException(String words, Throwable cause) {
			super(words, cause);
		}

	}

}
