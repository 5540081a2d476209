package io.gennaker.pipelines.model;

import java.util.Map;

/**
 * An entry of the inventory, without what it takes to reach it.
 *
 * @param name the cluster's name, a DNS label
 * @param region where it stands
 * @param labels further labels that targets select by
 */
public record Cluster(String name, String region, Map<String, String> labels) {

	public Cluster {
		labels = Copies.ordered(labels);
	}

}
