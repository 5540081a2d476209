package io.gennaker.web.inventory;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.pipelines.model.Cluster;

/**
 * A cluster with what it takes to reach it.
 */
public interface ClusterConnection extends AutoCloseable {

	/**
	 * The cluster.
	 */
	Cluster cluster();

	/**
	 * Whether it is one of the sandbox clusters.
	 */
	boolean sandbox();

	/**
	 * Its client, made when it is first needed.
	 * @throws IllegalStateException if its configuration cannot be used, saying why
	 */
	KubernetesClient client();

	@Override
	void close();

}
