package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A named choice of clusters, with namespace and per-cluster values.
 *
 * @param clusters which clusters of the inventory
 * @param namespace where the release lives; may hold expressions
 * @param values values files on top of the stage's
 * @param overrides one cluster's own, on top of that, by cluster name
 */
public record Target(ClusterSelector clusters, String namespace, List<String> values, Map<String, Override> overrides) {

	public Target {
		values = List.copyOf(values);
		overrides = Copies.ordered(overrides);
	}

	/**
	 * One cluster's own values.
	 *
	 * @param values values files
	 * @param set single values by dotted key; scalars, texts may hold expressions
	 */
	public record Override(List<String> values, Map<String, @Nullable Object> set) {
		public Override {
			values = List.copyOf(values);
			set = Copies.ordered(set);
		}
	}

}
