package io.gennaker.web.temporal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether Temporal answers. The service is of use without it, and a restart of the
 * service would not bring it back, so this says that the service waits, not that it is
 * down.
 */
public final class TemporalHealth implements HealthIndicator {

	/** Something outside is away; the service goes on by itself when it comes back. */
	private static final Status WAITING = new Status("WAITING");

	private final TemporalConnection connection;

	public TemporalHealth(TemporalConnection connection) {
		this.connection = connection;
	}

	@Override
	public Health health() {
		TemporalConnection.State state = this.connection.state();
		Health.Builder health = state.reachable() ? Health.up() : Health.status(WAITING);
		String problem = state.problem();
		if (problem != null) {
			health.withDetail("waitsFor", problem);
		}
		return health.withDetail("target", this.connection.endpoint().target())
			.withDetail("since", state.since())
			.build();
	}

}
