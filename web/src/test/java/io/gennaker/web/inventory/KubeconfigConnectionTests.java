package io.gennaker.web.inventory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gennaker.web.settings.GennakerProperties.ClusterSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubeconfigConnectionTests {

	@TempDir
	private Path folder;

	private final AtomicInteger refused = new AtomicInteger();

	private HttpServer server;

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			try (exchange) {
				boolean valid = "Bearer new".equals(exchange.getRequestHeaders().getFirst("Authorization"));
				if (!valid) {
					this.refused.incrementAndGet();
				}
				byte[] body = (valid ? "{\"gitVersion\": \"v1.34.0\", \"major\": \"1\", \"minor\": \"34\"}"
						: "{\"kind\": \"Status\", \"code\": 401, \"message\": \"Unauthorized\"}")
					.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(valid ? 200 : 401, body.length);
				exchange.getResponseBody().write(body);
			}
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void aTokenThatExpiredIsReadAgainFromItsFile() throws Exception {
		try (KubeconfigConnection connection = new KubeconfigConnection(settings("old"))) {
			assertThatExceptionOfType(KubernetesClientException.class)
				.isThrownBy(() -> connection.client().raw("/version"))
				.satisfies((refusal) -> assertThat(refusal.getCode()).isEqualTo(401));
			settings("new");
			assertThat(connection.client().raw("/version")).contains("v1.34.0");
		}
	}

	@Test
	void aTokenIsReadAgainOnceForEachRefusal() throws Exception {
		try (KubeconfigConnection connection = new KubeconfigConnection(settings("old"))) {
			assertThatExceptionOfType(KubernetesClientException.class)
				.isThrownBy(() -> connection.client().raw("/version"));
			assertThat(this.refused.get()).isLessThanOrEqualTo(2);
		}
	}

	private ClusterSettings settings(String token) throws IOException {
		Path file = this.folder.resolve("kubeconfig");
		Files.writeString(file, """
				apiVersion: v1
				kind: Config
				current-context: beijing
				clusters: [{name: beijing, cluster: {server: 'http://127.0.0.1:%d'}}]
				users: [{name: gennaker, user: {token: %s}}]
				contexts: [{name: beijing, context: {cluster: beijing, user: gennaker}}]
				""".formatted(this.server.getAddress().getPort(), token));
		return new ClusterSettings("beijing", "beijing", Map.of(), file.toString(), "beijing");
	}

}
