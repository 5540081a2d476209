package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.List;

import io.gennaker.activities.rollout.health.Patience;
import io.gennaker.pipelines.model.HealthRule;

/**
 * How rollouts are watched.
 *
 * @param heartbeat how often Temporal hears of a rollout that is on its way; well below
 * the activities' heartbeat timeout
 * @param patience how long troubles may last that can pass by themselves
 * @param definitions how long a CustomResourceDefinition may take to be established, and
 * an old hook to be gone
 * @param logLines how many of a container's last lines a failure shows
 * @param logBytes how many bytes of them at most
 * @param health this service's own rules of health, below those of pipelines
 */
public record RolloutSettings(Duration heartbeat, Patience patience, Duration definitions, int logLines, int logBytes,
		List<HealthRule> health) {

	/** Every 2 s; the default patience; 30 s; 20 lines; 4 KiB. */
	public static final RolloutSettings DEFAULT = new RolloutSettings(Duration.ofSeconds(2), Patience.DEFAULT,
			Duration.ofSeconds(30), 20, 4096, List.of());

	public RolloutSettings {
		health = List.copyOf(health);
	}

	/**
	 * The same with rules of health.
	 */
	public RolloutSettings withHealth(List<HealthRule> rules) {
		return new RolloutSettings(this.heartbeat, this.patience, this.definitions, this.logLines, this.logBytes,
				rules);
	}

}
