package io.gennaker.web.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases are compared with their clusters, under {@code gennaker.drift}.
 *
 * @param enabled whether that happens by itself; else only when a person asks
 * @param every how often each release is compared
 * @param parallel how many clusters are asked at once by this process
 */
@ConfigurationProperties("gennaker.drift")
public record DriftProperties(@DefaultValue("true") boolean enabled, @DefaultValue("5m") Duration every,
		@DefaultValue("4") int parallel) {

	private static final Duration SHORTEST = Duration.ofSeconds(10);

	public DriftProperties {
		if (every.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException("gennaker.drift.every must be at least 10s, not " + every
					+ "; to compare nothing, set gennaker.drift.enabled to false");
		}
		if (parallel < 1 || parallel > 64) {
			throw new IllegalArgumentException("gennaker.drift.parallel must be between 1 and 64, not " + parallel);
		}
	}

}
