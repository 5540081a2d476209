package io.gennaker.pipelines.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Defensive copies that keep the order of the file, which {@link Map#copyOf} does not.
 */
final class Copies {

	private Copies() {
	}

	static <K, V extends @Nullable Object> Map<K, V> ordered(Map<K, V> map) {
		return Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

}
