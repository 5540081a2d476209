package io.gennaker.web.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.inventory.ClusterConnection;

/**
 * A sandbox cluster as the inventory sees it.
 */
public final class SandboxConnection implements ClusterConnection {

	private final Cluster cluster;

	private final SandboxCluster sandbox;

	private final KubernetesClient client;

	/**
	 * Connects to a cluster of this process and closes it in the end.
	 */
	public SandboxConnection(Cluster cluster, SandboxCluster sandbox) {
		this.cluster = cluster;
		this.sandbox = sandbox;
		this.client = sandbox.newClient();
	}

	@Override
	public Cluster cluster() {
		return this.cluster;
	}

	@Override
	public boolean sandbox() {
		return true;
	}

	@Override
	public KubernetesClient client() {
		return this.client;
	}

	@Override
	public void close() {
		this.client.close();
		this.sandbox.close();
	}

}
