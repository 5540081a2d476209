package io.gennaker.web.sandbox.controller;

import java.time.Duration;

/**
 * How fast a sandbox cluster's pods live.
 *
 * @param start the least time from a pod's start until it is ready
 * @param startSpread up to this much more, differing from pod to pod
 * @param slowStart instead, where an image's tag has {@code -slow}
 * @param stop how long a pod takes to end
 * @param run how long a Job's pod runs
 * @param backoff the wait before a crashed container's first restart; doubled at each
 */
public record Pace(Duration start, Duration startSpread, Duration slowStart, Duration stop, Duration run,
		Duration backoff) {

	/** Rollouts that a person can watch. */
	public static Pace visible() {
		return new Pace(Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofSeconds(5),
				Duration.ofMillis(1000), Duration.ofSeconds(2), Duration.ofSeconds(10));
	}

	/** As fast as the machine. */
	public static Pace fast() {
		return new Pace(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(300), Duration.ofMillis(10),
				Duration.ofMillis(20), Duration.ofMillis(50));
	}

	Duration startOf(String uid) {
		long spread = this.startSpread.toMillis();
		return this.start.plusMillis((spread > 0) ? Math.floorMod(uid.hashCode(), spread) : 0);
	}

	Duration backoffAfter(int restarts) {
		return this.backoff.multipliedBy(1L << Math.min(restarts, 5));
	}

}
