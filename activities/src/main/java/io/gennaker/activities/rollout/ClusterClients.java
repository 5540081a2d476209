package io.gennaker.activities.rollout;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * How clusters are reached.
 */
public interface ClusterClients {

	/**
	 * The client of a cluster, shared: do not close it.
	 * @throws IllegalArgumentException if the inventory has no such cluster
	 */
	KubernetesClient client(String cluster);

}
