package io.gennaker.web.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job on real parts: an image that is pushed to a registry reaches three
 * clusters, through a gate.
 */
@EnabledIfDockerAvailable
class ReleaseOnRealPartsIT {

	private static final String TOKEN = "a-token-that-nobody-guesses";

	private static final String PASSWORD = "for-this-run-alone";

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	static Path folder;

	private static RealParts parts;

	private static ServiceProcess service;

	private static ImagePush registry;

	@BeforeAll
	static void startEverything() throws IOException {
		int port = ServiceProcess.freePort();
		parts = RealParts.start("http://host.docker.internal:" + port + "/webhooks/mirror/" + TOKEN, "beijing",
				"guangdong", "shanghai");
		registry = new ImagePush(parts.registryHost());
		copyFor(parts.registryHost(), "pipelines/examples/classroom", "pipelines/classroom");
		copyFor(parts.registryHost(), "charts/classroom", "charts/classroom");
		List<String> arguments = new ArrayList<>(parts.arguments(folder));
		arguments.addAll(List.of("--gennaker.pipelines=" + folder.resolve("pipelines"),
				"--gennaker.charts=" + folder.resolve("charts"), "--gennaker.receivers[0].name=mirror",
				"--gennaker.receivers[0].type=distribution", "--gennaker.receivers[0].token=" + TOKEN,
				"--gennaker.demo-password=" + PASSWORD));
		service = ServiceProcess.start(port, folder, arguments.toArray(String[]::new));
	}

	@AfterAll
	static void stopEverything() {
		if (service != null) {
			service.close();
		}
		if (parts != null) {
			parts.close();
		}
	}

	@Test
	void aPushedImageReachesThreeClustersThroughAGate() {
		for (String[] image : new String[][] { { "classroom/api", "v1.8.0" }, { "classroom/proxy", "v1.7.2" },
				{ "classroom/jobrunner", "v1.7.2" }, { "infra/registry-mirror", "2.1.0" } }) {
			registry.push(image[0], image[1]);
		}
		String digest = registry.push("classroom/api", "v2.0.0");
		ApiClient engineer = service.api("engineer", PASSWORD);

		JsonNode started = engineer.await("an execution that the push started", "/api/v1/executions?pipeline=classroom",
				PATIENCE, (page) -> !page.path("items").isEmpty());
		assertThat(started.path("items")).as("only v2.0.0 matches the trigger").hasSize(1);
		String execution = "/api/v1/executions/" + started.path("items").path(0).path("id").asString();
		engineer.await("the gate", execution, PATIENCE,
				(it) -> stillRuns(it) && status(it, "go-south").equals("WAITING"));

		assertThat(apiDeployment("beijing").getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
			.isEqualTo(parts.registryHost() + "/classroom/api:v2.0.0@" + digest);
		assertThatComponentsCameInOrder(parts.cluster("beijing"));
		assertThat(deployments("guangdong")).as("Guangdong before the approval").isEmpty();

		service.api("approver", PASSWORD)
			.post(execution + "/stages/go-south/decision",
					"{\"decision\": \"approve\", \"reason\": \"Beijing looks well\"}");
		engineer.await("the end", execution, PATIENCE, (it) -> it.path("status").asString().equals("SUCCEEDED"));

		for (String cluster : List.of("guangdong", "shanghai")) {
			assertThat(deployments(cluster)).isNotEmpty()
				.allSatisfy((deployment) -> assertThat(image(deployment)).matches(".+:.+@sha256:[0-9a-f]{64}"));
			assertThat(image(apiDeployment(cluster))).endsWith("v2.0.0@" + digest);
		}
		assertThat(configuration("beijing")).isNotEqualTo(configuration("guangdong"))
			.isNotEqualTo(configuration("shanghai"));
	}

	/**
	 * The example with images of this registry, a trigger for later versions only, and no
	 * time zones: the control planes' images hold no time zone data.
	 */
	private static void copyFor(String registryHost, String from, String to) throws IOException {
		Path source = ServiceProcess.root().resolve(from);
		Path target = folder.resolve(to);
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copy = target.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.writeString(copy,
							Files.readString(file)
								.replace("registry.example.com", registryHost)
								.replaceAll("Asia/(Shanghai|Hong_Kong)", "UTC")
								.replace("'^v\\d+\\.\\d+\\.\\d+$'", "'^v2\\.\\d+\\.\\d+$'"));
				}
			}
		}
	}

	private static boolean stillRuns(JsonNode execution) {
		assertThat(execution.path("status").asString()).as(execution.path("message").asString()).isNotEqualTo("FAILED");
		return true;
	}

	private static String status(JsonNode execution, String stage) {
		for (JsonNode it : execution.path("stages")) {
			if (it.path("id").asString().equals(stage)) {
				return it.path("status").asString();
			}
		}
		return "";
	}

	private static List<Deployment> deployments(String cluster) {
		return parts.cluster(cluster).apps().deployments().inNamespace("classroom").list().getItems();
	}

	private static Deployment apiDeployment(String cluster) {
		return deployments(cluster).stream()
			.filter((deployment) -> component(deployment).equals("api"))
			.findFirst()
			.orElseThrow();
	}

	private static String image(Deployment deployment) {
		return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
	}

	private static String component(HasMetadata object) {
		return object.getMetadata().getLabels().getOrDefault("app.kubernetes.io/component", "");
	}

	private static String configuration(String cluster) {
		return parts.cluster(cluster)
			.configMaps()
			.inNamespace("classroom")
			.list()
			.getItems()
			.stream()
			.filter((map) -> component(map).equals("api"))
			.map((map) -> map.getData().toString())
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A component's pods exist before any workload of the next group does. Times of
	 * creation have whole seconds, hence "not after".
	 */
	private static void assertThatComponentsCameInOrder(KubernetesClient cluster) {
		String mirrorPod = lastPod(cluster, "registry-mirror");
		String api = cluster.apps()
			.deployments()
			.inNamespace("classroom")
			.list()
			.getItems()
			.stream()
			.filter((deployment) -> component(deployment).equals("api"))
			.findFirst()
			.orElseThrow()
			.getMetadata()
			.getCreationTimestamp();
		assertThat(mirrorPod).isLessThanOrEqualTo(api);
		assertThat(lastReady(cluster, "registry-mirror")).isLessThanOrEqualTo(api);
		for (String later : List.of("proxy", "jobrunner")) {
			String created = cluster.apps()
				.deployments()
				.inNamespace("classroom")
				.list()
				.getItems()
				.stream()
				.filter((deployment) -> component(deployment).equals(later))
				.findFirst()
				.orElseThrow()
				.getMetadata()
				.getCreationTimestamp();
			assertThat(lastReady(cluster, "api")).as("api before " + later).isLessThanOrEqualTo(created);
		}
	}

	private static String lastPod(KubernetesClient cluster, String component) {
		return cluster.pods()
			.inNamespace("classroom")
			.withLabel("app.kubernetes.io/component", component)
			.list()
			.getItems()
			.stream()
			.map((pod) -> pod.getMetadata().getCreationTimestamp())
			.max(String::compareTo)
			.orElseThrow();
	}

	private static String lastReady(KubernetesClient cluster, String component) {
		return cluster.pods()
			.inNamespace("classroom")
			.withLabel("app.kubernetes.io/component", component)
			.list()
			.getItems()
			.stream()
			.flatMap((pod) -> pod.getStatus().getConditions().stream())
			.filter((condition) -> condition.getType().equals("Ready"))
			.map((condition) -> condition.getLastTransitionTime())
			.max(String::compareTo)
			.orElseThrow();
	}

}
