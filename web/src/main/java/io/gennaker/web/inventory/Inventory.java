package io.gennaker.web.inventory;

import java.time.Instant;
import java.util.List;

import io.gennaker.pipelines.model.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that this service knows.
 */
public interface Inventory {

	/**
	 * All clusters, in the order of the configuration.
	 */
	List<Cluster> clusters();

	/**
	 * The newest look at every cluster's API server, in the same order.
	 */
	List<Reachability> reachability();

	/**
	 * Whether a cluster's API server answers.
	 *
	 * @param server its URL
	 * @param reachable whether it answered the last time it was asked
	 * @param version its Kubernetes version, once known
	 * @param message why it is not reachable, in its own words
	 * @param checkedAt when it was asked; null for not yet
	 * @param sandbox whether it is one of the sandbox clusters
	 */
	record Reachability(Cluster cluster, String server, boolean reachable, @Nullable String version,
			@Nullable String message, @Nullable Instant checkedAt, boolean sandbox) {
	}

}
