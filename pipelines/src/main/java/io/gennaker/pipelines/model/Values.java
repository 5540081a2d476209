package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Values that a pipeline gives to all of its charts.
 *
 * @param files values files, lowest first; paths may hold expressions
 * @param set single values by dotted key; scalars, texts may hold expressions
 */
public record Values(List<String> files, Map<String, @Nullable Object> set) {

	/** What a pipeline has that gives none. */
	public static final Values NONE = new Values(List.of(), Map.of());

	public Values {
		files = List.copyOf(files);
		set = Copies.ordered(set);
	}

}
