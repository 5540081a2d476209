package io.gennaker.activities.rollout.health;

import java.time.Duration;

/**
 * How long troubles may last that can pass by themselves.
 *
 * @param unschedulable a pod that no node takes: a cluster's autoscaler may be adding one
 * @param crash a container that crashed once or twice: what it needs may be starting
 * @param configuration a missing ConfigMap or Secret, a failing image pull, a refused
 * creation of pods
 */
public record Patience(Duration unschedulable, Duration crash, Duration configuration) {

	/** Two minutes, one minute, ten seconds. */
	public static final Patience DEFAULT = new Patience(Duration.ofMinutes(2), Duration.ofMinutes(1),
			Duration.ofSeconds(10));

	/** Restarts from which on a crash loop is believed at once. */
	static final int CONVINCING_RESTARTS = 3;

}
