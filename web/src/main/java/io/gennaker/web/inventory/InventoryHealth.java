package io.gennaker.web.inventory;

import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.web.inventory.Inventory.Reachability;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Which clusters do not answer, in their own words. Releases to the others go on, so one
 * that is away makes the service wait, not go down.
 */
public final class InventoryHealth implements HealthIndicator {

	private static final Status WAITING = new Status("WAITING");

	private final Inventory inventory;

	public InventoryHealth(Inventory inventory) {
		this.inventory = inventory;
	}

	@Override
	public Health health() {
		Map<String, String> away = new LinkedHashMap<>();
		int answering = 0;
		for (Reachability cluster : this.inventory.reachability()) {
			if (cluster.reachable()) {
				answering++;
			}
			else {
				away.put(cluster.cluster().name(), String.valueOf(cluster.message()));
			}
		}
		Health.Builder health = away.isEmpty() ? Health.up() : Health.status(WAITING).withDetail("waitsFor", away);
		return health.withDetail("answering", answering).build();
	}

}
