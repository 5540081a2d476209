package io.gennaker.activities.rollout;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * How clusters are reached.
 * <p>
 * Clients are built from {@code Config.empty()}, with {@code requestRetryBackoffLimit} 0:
 * Temporal retries, and says so, where the client's own ten retries would hide for
 * minutes that a cluster does not answer. Their {@code requestTimeout} (10 s by default)
 * bounds every single request; it must stay well below the activities' heartbeat timeout.
 * Where an API server is reached by plain HTTP, as through {@code kubectl proxy},
 * {@code http2Disable} must be true: the JDK's HTTP client would ask for an upgrade to
 * HTTP/2 that such proxies break off.
 */
public interface ClusterClients {

	/**
	 * The client of a cluster, shared: do not close it.
	 * @throws IllegalArgumentException if the inventory has no such cluster
	 * @throws IllegalStateException if the cluster's configuration cannot be used now,
	 * saying why
	 */
	KubernetesClient client(String cluster);

}
