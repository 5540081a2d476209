package io.gennaker.activities.registry;

import java.time.Duration;

/**
 * How long registries may take.
 *
 * @param connect until a connection stands
 * @param answer until an answer is there
 */
record RegistryTimeouts(Duration connect, Duration answer) {

	static final RegistryTimeouts DEFAULT = new RegistryTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));

}
