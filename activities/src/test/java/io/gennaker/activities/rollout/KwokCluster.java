package io.gennaker.activities.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Kubernetes control plane in a container, whose nodes and pods kwok plays. One
 * serves all tests of a run.
 */
final class KwokCluster {

	private static final DockerImageName IMAGE = DockerImageName
		.parse("registry.k8s.io/kwok/cluster:v0.7.0-k8s.v1.34.3");

	private static final int PORT = 8080;

	private static KwokCluster shared;

	private final GenericContainer<?> container;

	private final KubernetesClient client;

	private KwokCluster(GenericContainer<?> container) {
		this.container = container;
		container.start();
		this.client = new KubernetesClientBuilder()
			.withConfig(config("http://" + container.getHost() + ":" + container.getMappedPort(PORT)))
			.build();
		this.client.nodes().resource(node()).create();
		this.client.nodes().withName("node-1").waitUntilCondition(KwokCluster::isReady, 60, TimeUnit.SECONDS);
		this.client.serviceAccounts()
			.inNamespace("default")
			.withName("default")
			.waitUntilCondition((account) -> account != null, 60, TimeUnit.SECONDS);
	}

	/**
	 * The cluster, started once; the test is skipped where there is no Docker.
	 */
	static synchronized KwokCluster shared() {
		Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
				"needs Docker, for a real Kubernetes control plane");
		if (shared == null) {
			shared = start();
		}
		return shared;
	}

	/**
	 * A cluster of its own, for a test that does it harm.
	 */
	static KwokCluster start() {
		Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
				"needs Docker, for a real Kubernetes control plane");
		GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT)
			.waitingFor(Wait.forHttp("/readyz").forPort(PORT).withStartupTimeout(Duration.ofMinutes(3)));
		return new KwokCluster(container);
	}

	KubernetesClient client() {
		return this.client;
	}

	void stop() {
		this.client.close();
		this.container.stop();
	}

	/**
	 * Hangs the whole control plane, as an overloaded machine would.
	 */
	void pause() {
		DockerClientFactory.instance().client().pauseContainerCmd(this.container.getContainerId()).exec();
	}

	void resume() {
		DockerClientFactory.instance().client().unpauseContainerCmd(this.container.getContainerId()).exec();
		Instant end = Instant.now().plusSeconds(60);
		while (!answers() && Instant.now().isBefore(end)) {
			LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
		}
	}

	private boolean answers() {
		try {
			return "ok".equals(this.client.raw("/readyz"));
		}
		catch (KubernetesClientException ex) {
			return false;
		}
	}

	private static Config config(String url) {
		return new ConfigBuilder(Config.empty()).withMasterUrl(url)
			.withHttp2Disable(true)
			.withRequestRetryBackoffLimit(0)
			.withRequestTimeout(5000)
			.withConnectionTimeout(2000)
			.build();
	}

	private static Node node() {
		Map<String, Quantity> room = Map.of("cpu", new Quantity("64"), "memory", new Quantity("256Gi"), "pods",
				new Quantity("500"));
		return new NodeBuilder().withNewMetadata()
			.withName("node-1")
			.endMetadata()
			.withNewStatus()
			.withAllocatable(room)
			.withCapacity(room)
			.endStatus()
			.build();
	}

	private static boolean isReady(Node node) {
		return node != null && node.getStatus() != null && node.getStatus().getConditions() != null && node.getStatus()
			.getConditions()
			.stream()
			.anyMatch((condition) -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
	}

}
