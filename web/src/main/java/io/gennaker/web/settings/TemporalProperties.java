package io.gennaker.web.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Temporal is, under the names that its Spring Boot starter gives.
 *
 * @param connection how it is reached
 * @param namespace the namespace that everything runs in
 * @param startWorkers false for a process that only serves pages and API
 */
@ConfigurationProperties("spring.temporal")
public record TemporalProperties(@DefaultValue Connection connection, @DefaultValue("default") String namespace,
		@DefaultValue("true") boolean startWorkers) {

	/**
	 * How Temporal is reached.
	 *
	 * @param target host and port; null for an embedded one
	 */
	public record Connection(@Nullable String target) {
	}

}
