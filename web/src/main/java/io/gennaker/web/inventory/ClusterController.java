package io.gennaker.web.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.gennaker.web.inventory.Inventory.Reachability;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inventory over HTTP.
 */
@RestController
class ClusterController {

	private final Inventory inventory;

	ClusterController(Inventory inventory) {
		this.inventory = inventory;
	}

	/**
	 * All clusters with the newest look at each, in the order of the configuration.
	 */
	@GetMapping("/api/v1/clusters")
	@PreAuthorize("hasRole('VIEWER')")
	List<ClusterAnswer> list() {
		return this.inventory.reachability().stream().map(ClusterAnswer::of).toList();
	}

	/**
	 * A cluster as the API tells of it.
	 *
	 * @param server the API server's URL, empty while it is not known
	 * @param version its Kubernetes version, once known
	 * @param message why it is not reachable, in its own words
	 * @param checkedAt when it was asked last
	 */
	record ClusterAnswer(String name, String region, Map<String, String> labels, String server, boolean reachable,
			@Nullable String version, @Nullable String message, @Nullable Instant checkedAt, boolean sandbox) {

		static ClusterAnswer of(Reachability seen) {
			return new ClusterAnswer(seen.cluster().name(), seen.cluster().region(), seen.cluster().labels(),
					seen.server(), seen.reachable(), seen.version(), seen.message(), seen.checkedAt(), seen.sandbox());
		}

	}

}
