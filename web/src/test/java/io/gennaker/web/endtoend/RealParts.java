package io.gennaker.web.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL, Temporal, a registry that tells of pushes and one control plane per
 * cluster, each in a container.
 */
final class RealParts implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final PostgreSQLContainer database = new PostgreSQLContainer(DockerImageName.parse("postgres:18-alpine"));

	private final GenericContainer<?> temporal = new GenericContainer<>(
			DockerImageName.parse("temporalio/temporal:1.5.1"))
		.withCommand("server", "start-dev", "--ip", "0.0.0.0", "--headless", "--log-level", "warn")
		.withExposedPorts(7233)
		.waitingFor(Wait.forListeningPort().withStartupTimeout(PATIENCE));

	private final GenericContainer<?> registry;

	private final Map<String, GenericContainer<?>> clusters = new LinkedHashMap<>();

	private final Map<String, KubernetesClient> clients = new LinkedHashMap<>();

	private RealParts(String notifyUrl, List<String> clusterNames) {
		this.registry = new GenericContainer<>(DockerImageName.parse("registry:3")).withExposedPorts(5000)
			.withExtraHost("host.docker.internal", "host-gateway")
			.withCopyToContainer(Transferable.of(registryConfiguration(notifyUrl)), "/etc/distribution/config.yml")
			.waitingFor(Wait.forHttp("/v2/").withStartupTimeout(PATIENCE));
		for (String name : clusterNames) {
			this.clusters.put(name,
					new GenericContainer<>(DockerImageName.parse("registry.k8s.io/kwok/cluster:v0.7.0-k8s.v1.34.3"))
						.withExposedPorts(8080)
						.waitingFor(Wait.forHttp("/readyz").forPort(8080).withStartupTimeout(PATIENCE)));
		}
	}

	/**
	 * Starts all of them at once.
	 * @param notifyUrl where the registry posts its events; {@code host.docker.internal}
	 * is the machine that runs the tests
	 */
	static RealParts start(String notifyUrl, String... clusterNames) {
		RealParts parts = new RealParts(notifyUrl, List.of(clusterNames));
		Startables.deepStart(parts.containers()).join();
		parts.clusters.forEach((name, container) -> parts.clients.put(name, parts.connect(name, container)));
		return parts;
	}

	private Stream<GenericContainer<?>> containers() {
		return Stream.concat(Stream.of(this.database, this.temporal, this.registry), this.clusters.values().stream());
	}

	private static String registryConfiguration(String notifyUrl) {
		return """
				version: 0.1
				storage:
				  filesystem: {rootdirectory: /var/lib/registry}
				http: {addr: ":5000"}
				notifications:
				  endpoints:
				    - {name: gennaker, url: "%s", timeout: 2s, threshold: 3, backoff: 500ms}
				""".formatted(notifyUrl);
	}

	private KubernetesClient connect(String name, GenericContainer<?> container) {
		Config config = new ConfigBuilder(Config.empty()).withMasterUrl(server(container))
			.withHttp2Disable(true)
			.build();
		KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
		client.nodes()
			.resource(new NodeBuilder().withNewMetadata()
				.withName(name + "-node")
				.addToAnnotations("kwok.x-k8s.io/node", "fake")
				.endMetadata()
				.withNewStatus()
				.addToAllocatable("cpu", Quantity.parse("32"))
				.addToAllocatable("memory", Quantity.parse("64Gi"))
				.addToAllocatable("pods", Quantity.parse("110"))
				.addToCapacity("cpu", Quantity.parse("32"))
				.addToCapacity("memory", Quantity.parse("64Gi"))
				.addToCapacity("pods", Quantity.parse("110"))
				.endStatus()
				.build())
			.create();
		return client;
	}

	private static String server(GenericContainer<?> container) {
		return "http://" + container.getHost() + ":" + container.getMappedPort(8080);
	}

	KubernetesClient cluster(String name) {
		return this.clients.get(name);
	}

	/**
	 * The registry as images name it.
	 */
	String registryHost() {
		return "127.0.0.1:" + this.registry.getMappedPort(5000);
	}

	/**
	 * The service's arguments that name all parts.
	 */
	List<String> arguments(Path folder) {
		List<String> arguments = new java.util.ArrayList<>(
				List.of("--spring.datasource.url=" + this.database.getJdbcUrl(),
						"--spring.datasource.username=" + this.database.getUsername(),
						"--spring.datasource.password=" + this.database.getPassword(),
						"--spring.temporal.connection.target=" + this.temporal.getHost() + ":"
								+ this.temporal.getMappedPort(7233),
						"--gennaker.registries[0].host=" + registryHost(), "--gennaker.registries[0].plain-http=true"));
		int index = 0;
		for (Map.Entry<String, GenericContainer<?>> cluster : this.clusters.entrySet()) {
			String key = "--gennaker.clusters[" + index++ + "].";
			arguments.add(key + "name=" + cluster.getKey());
			arguments.add(key + "region=" + cluster.getKey());
			arguments.add(key + "kubeconfig=" + kubeconfig(folder, cluster.getKey(), server(cluster.getValue())));
		}
		return arguments;
	}

	private static Path kubeconfig(Path folder, String name, String server) {
		Path file = folder.resolve("kubeconfig-" + name);
		try {
			Files.writeString(file, """
					apiVersion: v1
					kind: Config
					current-context: %1$s
					clusters: [{name: %1$s, cluster: {server: "%2$s"}}]
					users: [{name: %1$s, user: {}}]
					contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
					""".formatted(name, server), StandardCharsets.UTF_8);
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.clients.values().forEach(KubernetesClient::close);
		containers().forEach(GenericContainer::stop);
	}

}
