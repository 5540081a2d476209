package io.gennaker.web.sandbox.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SandboxRegistryTests {

	@TempDir
	Path folder;

	private final HttpClient client = HttpClient.newHttpClient();

	private SandboxRegistry registry;

	@BeforeEach
	void start() {
		this.registry = new SandboxRegistry(this.folder, 0);
	}

	@AfterEach
	void stop() {
		this.registry.close();
		this.client.close();
	}

	@Test
	void aTagAndItsDigestLeadToTheSameManifest() throws Exception {
		HttpResponse<String> byTag = send("GET", "/v2/classroom/api/manifests/v1.8.0", "");
		String digest = byTag.headers().firstValue("Docker-Content-Digest").orElseThrow();
		assertThat(digest).isEqualTo(Digests.of(byTag.body().getBytes(StandardCharsets.UTF_8)));
		HttpResponse<String> head = send("HEAD", "/v2/classroom/api/manifests/" + digest, "");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().firstValue("Content-Length"))
			.contains(Integer.toString(byTag.body().getBytes(StandardCharsets.UTF_8).length));
	}

	@Test
	void tagsComeInPages() throws Exception {
		HttpResponse<String> first = send("GET", "/v2/classroom/proxy/tags/list?n=1", "");
		assertThat(first.body()).isEqualTo("{\"name\":\"classroom/proxy\",\"tags\":[\"v1.7.2\"]}");
		assertThat(first.headers().firstValue("Link"))
			.contains("</v2/classroom/proxy/tags/list?last=v1.7.2&n=1>; rel=\"next\"");
		HttpResponse<String> second = send("GET", "/v2/classroom/proxy/tags/list?last=v1.7.2&n=1", "");
		assertThat(second.body()).contains("v1.8.0");
		assertThat(second.headers().firstValue("Link")).isEmpty();
	}

	@Test
	void whatIsNotThereIsSaidToBeUnknown() throws Exception {
		assertThat(send("GET", "/v2/classroom/api/manifests/v0", "").body()).contains("MANIFEST_UNKNOWN");
		assertThat(send("GET", "/v2/classroom/none/tags/list", "").statusCode()).isEqualTo(404);
		assertThat(send("GET", "/v2/classroom/api/manifests/..%2f..%2fx", "").statusCode()).isEqualTo(404);
		assertThat(this.registry.holds("registry.example.com/classroom/api:v0")).isFalse();
		assertThat(this.registry.holds("registry.example.com/classroom/api:v1.8.0")).isTrue();
		assertThat(this.registry.holds("docker.io/library/redis:8")).isTrue();
	}

	@Test
	void aPushIsToldUntilItIsTakenAndSurvivesARestart() throws Exception {
		BlockingQueue<String> events = new ArrayBlockingQueue<>(10);
		AtomicInteger calls = new AtomicInteger();
		HttpServer receiver = receiver(events, calls);
		try {
			this.registry.notify(URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks/a/b"));
			String config = push("v2.0.0");
			String event = events.poll(20, TimeUnit.SECONDS);
			assertThat(event).contains("\"action\":\"push\"")
				.contains("\"repository\":\"classroom/api\"")
				.contains("\"tag\":\"v2.0.0\"")
				.contains("\"host\":\"registry.example.com\"");
			assertThat(calls).hasValue(2);
			restart();
			assertThat(send("GET", "/v2/classroom/api/blobs/" + config, "").body()).contains("created");
			assertThat(this.registry.holds("registry.example.com/classroom/api:v2.0.0")).isTrue();
		}
		finally {
			receiver.stop(0);
		}
	}

	@Test
	void aBlobOfAnotherDigestIsRefused() throws Exception {
		String location = send("POST", "/v2/classroom/api/blobs/uploads/", "").headers()
			.firstValue("Location")
			.orElseThrow();
		HttpResponse<String> refused = send("PUT", location + "?digest=" + Digests.of(new byte[1]), "else");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("DIGEST_INVALID");
	}

	private void restart() {
		this.registry.close();
		this.registry = new SandboxRegistry(this.folder, 0);
	}

	private String push(String tag) throws Exception {
		String config = "{\"created\":\"2026-10-01T00:00:00Z\",\"os\":\"linux\"}";
		String digest = Digests.of(config.getBytes(StandardCharsets.UTF_8));
		String location = send("POST", "/v2/classroom/api/blobs/uploads/", "").headers()
			.firstValue("Location")
			.orElseThrow();
		assertThat(send("PATCH", location, config.substring(0, 10)).statusCode()).isEqualTo(202);
		assertThat(send("PUT", location + "?digest=" + digest, config.substring(10)).statusCode()).isEqualTo(201);
		String manifest = """
				{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
				"digest":"%s","size":%d},"layers":[]}""".formatted(ExampleImages.IMAGE_TYPE, digest, config.length());
		assertThat(send("PUT", "/v2/classroom/api/manifests/" + tag, manifest).statusCode()).isEqualTo(201);
		return digest;
	}

	/** Refuses the first call, takes the next. */
	private static HttpServer receiver(BlockingQueue<String> events, AtomicInteger calls) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			boolean first = calls.incrementAndGet() == 1;
			exchange.sendResponseHeaders(first ? 503 : 202, -1);
			exchange.close();
			if (!first) {
				events.add(body);
			}
		});
		server.start();
		return server;
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://" + this.registry.address() + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.header("Content-Type", ExampleImages.IMAGE_TYPE)
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
