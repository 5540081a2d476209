package io.gennaker.activities.bake.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.model.ChartSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Charts in the registry of the distribution project.
 */
class RealRegistryTests {

	private static GenericContainer<?> registry;

	@TempDir
	Path cache;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
				"there is no Docker here to run a registry in");
		registry = new GenericContainer<>(DockerImageName.parse("registry:3")).withExposedPorts(5000);
		registry.start();
	}

	@AfterAll
	static void stop() {
		if (registry != null) {
			registry.stop();
		}
	}

	private static String host() {
		return registry.getHost() + ":" + registry.getFirstMappedPort();
	}

	private void push(String version) throws Exception {
		byte[] archive = Charts.archive("app", Charts.files("app", version));
		blob(archive);
		blob(OciCharts.CONFIG);
		send(HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/charts/app/manifests/" + version))
			.header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
			.PUT(HttpRequest.BodyPublishers.ofByteArray(OciCharts.manifest(archive, OciCharts.ARCHIVE))));
	}

	private void blob(byte[] content) throws Exception {
		String uploads = "http://" + host() + "/v2/charts/app/blobs/uploads/";
		URI location = URI.create(uploads)
			.resolve(send(HttpRequest.newBuilder(URI.create(uploads)).POST(HttpRequest.BodyPublishers.noBody()))
				.headers()
				.firstValue("Location")
				.orElseThrow());
		String separator = (location.getQuery() != null) ? "&" : "?";
		send(HttpRequest.newBuilder(URI.create(location + separator + "digest=" + Sha256.of(content)))
			.header("Content-Type", "application/octet-stream")
			.PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return response;
	}

	@Test
	void aRangeIsResolvedAndTheDigestComesAgain() throws Exception {
		for (String version : List.of("1.4.0", "1.4.2", "1.5.0")) {
			push(version);
		}
		ChartSources sources = Charts.sources(this.cache, List.of(new RegistryHost(host(), true, null, null)),
				List.of(), List.of());
		ChartSource range = new ChartSource.Oci("oci://" + host() + "/charts/app", "~1.4.0", null);
		FetchedChart fetched = sources.fetch(range, Charts.NO_FILES, List.of());
		assertThat(fetched.origin().version()).isEqualTo("1.4.2");
		push("1.4.3");
		assertThat(sources.fetch(range, Charts.NO_FILES, List.of()).origin().version()).isEqualTo("1.4.3");
		assertThat(sources.fetch(range, Charts.NO_FILES, List.of(fetched.origin())).origin())
			.isEqualTo(fetched.origin());
	}

}
