package io.gennaker.activities.rollout;

import java.time.Duration;

import io.gennaker.activities.rollout.health.Patience;

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
 */
public record RolloutSettings(Duration heartbeat, Patience patience, Duration definitions, int logLines, int logBytes) {

	/** Every 2 s; the default patience; 30 s; 20 lines; 4 KiB. */
	public static final RolloutSettings DEFAULT = new RolloutSettings(Duration.ofSeconds(2), Patience.DEFAULT,
			Duration.ofSeconds(30), 20, 4096);

}
