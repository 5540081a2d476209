package io.gennaker.web.inventory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.gennaker.activities.rollout.BrokenConnection;
import io.gennaker.activities.rollout.ClusterClients;
import io.gennaker.pipelines.model.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The inventory over a fixed list of connections, each of which is asked for its version
 * again and again.
 */
public final class WatchedInventory implements Inventory, ClusterClients, SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(WatchedInventory.class);

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	/** How many clusters are asked at once. */
	private static final int PARALLEL = 16;

	private final Map<String, ClusterConnection> connections = new LinkedHashMap<>();

	private final Map<String, Reachability> newest = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Semaphore permits = new Semaphore(PARALLEL);

	private CountDownLatch stopped = new CountDownLatch(0);

	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Takes the connections in the order of the configuration.
	 * @throws IllegalArgumentException if two have one name
	 */
	public WatchedInventory(List<? extends ClusterConnection> connections, Clock clock) {
		this.clock = clock;
		for (ClusterConnection connection : connections) {
			if (this.connections.put(connection.cluster().name(), connection) != null) {
				throw new IllegalArgumentException(
						"gennaker.clusters has two clusters named '" + connection.cluster().name() + "'");
			}
		}
	}

	@Override
	public List<Cluster> clusters() {
		return this.connections.values().stream().map(ClusterConnection::cluster).toList();
	}

	@Override
	public List<Reachability> reachability() {
		return this.connections.values().stream().map(this::newest).toList();
	}

	private Reachability newest(ClusterConnection connection) {
		Reachability known = this.newest.get(connection.cluster().name());
		return (known != null) ? known
				: new Reachability(connection.cluster(), "", false, null, "not asked yet", null, connection.sandbox());
	}

	@Override
	public KubernetesClient client(String cluster) {
		ClusterConnection connection = this.connections.get(cluster);
		if (connection == null) {
			throw new IllegalArgumentException("the inventory has no cluster '" + cluster + "'");
		}
		return connection.client();
	}

	@Override
	public synchronized void start() {
		this.stopped = new CountDownLatch(1);
		for (ClusterConnection connection : this.connections.values()) {
			this.threads.add(Thread.ofVirtual()
				.name("cluster-watch-" + connection.cluster().name())
				.start(() -> watch(connection)));
		}
	}

	private void watch(ClusterConnection connection) {
		try {
			do {
				this.permits.acquire();
				try {
					note(look(connection));
				}
				finally {
					this.permits.release();
				}
			}
			while (!this.stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void note(Reachability now) {
		Reachability before = this.newest.put(now.cluster().name(), now);
		if (before == null || before.reachable() != now.reachable()) {
			if (now.reachable()) {
				log.info("Cluster {} answers at {}, Kubernetes {}", now.cluster().name(), now.server(), now.version());
			}
			else {
				log.warn("Waiting: cluster {} does not answer: {}", now.cluster().name(), now.message());
			}
		}
	}

	private Reachability look(ClusterConnection connection) {
		String server = "";
		try {
			KubernetesClient client = connection.client();
			server = String.valueOf(client.getMasterUrl());
			VersionInfo version = client.getKubernetesVersion();
			return result(connection, server, (version != null) ? version.getGitVersion() : null, null);
		}
		catch (RuntimeException ex) {
			return result(connection, server, null, BrokenConnection.words(ex));
		}
	}

	private Reachability result(ClusterConnection connection, String server, @Nullable String version,
			@Nullable String problem) {
		return new Reachability(connection.cluster(), server, problem == null, version, problem, this.clock.instant(),
				connection.sandbox());
	}

	@Override
	public synchronized void stop() {
		this.stopped.countDown();
		this.threads.forEach(Thread::interrupt);
		this.threads.clear();
		this.connections.values().forEach(ClusterConnection::close);
	}

	@Override
	public boolean isRunning() {
		return !this.threads.isEmpty();
	}

}
