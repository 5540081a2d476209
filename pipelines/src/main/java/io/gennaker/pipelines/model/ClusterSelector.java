package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Map;

/**
 * Which clusters of the inventory a target means.
 */
public sealed interface ClusterSelector {

	/**
	 * Clusters by name, in the order given.
	 */
	record Named(List<String> names) implements ClusterSelector {
		public Named {
			names = List.copyOf(names);
		}
	}

	/**
	 * All clusters that carry every one of the labels. The label {@code region} is the
	 * cluster's region.
	 */
	record Labelled(Map<String, String> labels) implements ClusterSelector {
		public Labelled {
			labels = Copies.ordered(labels);
		}
	}

}
