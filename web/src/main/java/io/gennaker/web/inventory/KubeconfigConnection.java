package io.gennaker.web.inventory;

import java.io.File;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.settings.GennakerProperties.ClusterSettings;
import org.jspecify.annotations.Nullable;

/**
 * A cluster by a context of a kubeconfig file. The file is read when the client is first
 * needed, and again as long as that fails, so that the service starts without it.
 */
public final class KubeconfigConnection implements ClusterConnection {

	private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

	private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

	private final Cluster cluster;

	private final ClusterSettings settings;

	private @Nullable KubernetesClient client;

	/**
	 * Takes what the configuration says; nothing is read yet.
	 */
	public KubeconfigConnection(ClusterSettings settings) {
		this.cluster = new Cluster(settings.name(), settings.region(), settings.labels());
		this.settings = settings;
	}

	@Override
	public Cluster cluster() {
		return this.cluster;
	}

	@Override
	public boolean sandbox() {
		return false;
	}

	@Override
	public synchronized KubernetesClient client() {
		KubernetesClient existing = this.client;
		if (existing == null) {
			existing = new KubernetesClientBuilder().withConfig(config()).build();
			this.client = existing;
		}
		return existing;
	}

	private Config config() {
		File file = new File(this.settings.kubeconfig());
		if (!file.canRead()) {
			throw new IllegalStateException(
					"the kubeconfig of cluster " + this.cluster.name() + " cannot be read: " + file);
		}
		Config read = Config.fromKubeconfig(this.settings.context(), file);
		String wanted = this.settings.context();
		if (wanted != null
				&& (read.getCurrentContext() == null || !wanted.equals(read.getCurrentContext().getName()))) {
			throw new IllegalStateException(
					"the kubeconfig of cluster " + this.cluster.name() + " has no context '" + wanted + "': " + file);
		}
		// Temporal retries; the client's own hidden retries would only delay its word.
		return new ConfigBuilder(read).withRequestRetryBackoffLimit(0)
			.withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
			.withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
			.withHttp2Disable(read.getMasterUrl().startsWith("http:"))
			.build();
	}

	@Override
	public synchronized void close() {
		KubernetesClient existing = this.client;
		if (existing != null) {
			existing.close();
			this.client = null;
		}
	}

}
