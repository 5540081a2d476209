package io.gennaker.activities.bake.capability;

import java.util.Optional;

/**
 * Keeps what clusters said last, beyond restarts.
 */
public interface CapabilityStore {

	/**
	 * Keeps what a cluster can do, in the place of what it said before.
	 */
	void keep(String cluster, Capabilities capabilities);

	/**
	 * What a cluster said last.
	 */
	Optional<Capabilities> last(String cluster);

}
