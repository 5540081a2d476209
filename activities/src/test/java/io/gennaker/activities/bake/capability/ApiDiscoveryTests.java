package io.gennaker.activities.bake.capability;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gennaker.activities.bake.capability.Discovery.ClusterAwayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ApiDiscoveryTests {

	private final Map<String, String> documents = new HashMap<>();

	private final Map<String, Integer> failures = new HashMap<>();

	private HttpServer server;

	private KubernetesClient client;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
		this.client = new KubernetesClientBuilder()
			.withConfig(new ConfigBuilder(Config.empty())
				.withMasterUrl("http://127.0.0.1:" + this.server.getAddress().getPort())
				.withHttp2Disable(true)
				.withRequestRetryBackoffLimit(0)
				.build())
			.build();
		this.documents.put("/version", "{\"gitVersion\": \"v1.31.4-gke.100\", \"major\": \"1\", \"minor\": \"31+\"}");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String document = this.documents.get(path);
		byte[] body = ((document != null) ? document : "{}").getBytes(StandardCharsets.UTF_8);
		int code = this.failures.getOrDefault(path, (document != null) ? 200 : 404);
		exchange.sendResponseHeaders(code, body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	private Capabilities ask() {
		return Discovery.of((cluster) -> {
			if (!cluster.equals("beijing")) {
				throw new IllegalArgumentException("the inventory has no cluster '" + cluster + "'");
			}
			return this.client;
		}, Clock.systemUTC()).ask("beijing");
	}

	private void plain() {
		this.documents.put("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
		this.documents.put("/api/v1", """
				{"groupVersion": "v1", "resources": [{"name": "pods", "kind": "Pod"},
				 {"name": "pods/eviction", "kind": "Eviction", "group": "policy", "version": "v1"}]}""");
		this.documents.put("/apis", """
				{"kind": "APIGroupList", "groups": [
				 {"name": "apps", "versions": [{"groupVersion": "apps/v1", "version": "v1"}]},
				 {"name": "metrics.k8s.io", "versions": [{"groupVersion": "metrics.k8s.io/v1", "version": "v1"}]}]}""");
		this.documents.put("/apis/apps/v1", """
				{"groupVersion": "apps/v1", "resources": [{"name": "deployments", "kind": "Deployment"},
				 {"name": "deployments/scale", "kind": "Scale", "group": "autoscaling", "version": "v1"}]}""");
		this.documents.put("/apis/metrics.k8s.io/v1",
				"{\"groupVersion\": \"metrics.k8s.io/v1\", \"resources\": [{\"name\": \"pods\", \"kind\": \"PodMetrics\"}]}");
	}

	@Test
	void groupsVersionsAndKindsAreListedAsHelmListsThem() {
		plain();
		Capabilities capabilities = ask();
		assertThat(capabilities.kubeVersion()).isEqualTo("v1.31.4-gke.100");
		assertThat(capabilities.apis()).containsExactly("apps/v1", "apps/v1/Deployment", "apps/v1/Scale",
				"metrics.k8s.io/v1", "metrics.k8s.io/v1/PodMetrics", "v1", "v1/Eviction", "v1/Pod");
	}

	@Test
	void aGroupWhoseServerIsAwayIsListedWithoutKinds() {
		plain();
		this.failures.put("/apis/metrics.k8s.io/v1", 503);
		assertThat(ask().apis()).contains("metrics.k8s.io/v1").doesNotContain("metrics.k8s.io/v1/PodMetrics");
	}

	@Test
	void aggregatedDiscoveryGivesTheSame() {
		this.documents.put("/api",
				"""
						{"kind": "APIGroupDiscoveryList", "items": [{"metadata": {}, "versions": [{"version": "v1", "resources": [
						 {"resource": "pods", "responseKind": {"kind": "Pod"}, "subresources": [
						  {"subresource": "eviction", "responseKind": {"group": "policy", "kind": "Eviction"}}]}]}]}]}""");
		this.documents.put("/apis", """
				{"kind": "APIGroupDiscoveryList", "items": [
				 {"metadata": {"name": "apps"}, "versions": [{"version": "v1", "resources": [
				  {"resource": "deployments", "responseKind": {"kind": "Deployment"}, "subresources": [
				   {"subresource": "scale", "responseKind": {"kind": "Scale"}}]}]}]},
				 {"metadata": {"name": "metrics.k8s.io"}, "versions": [{"version": "v1", "freshness": "Stale"}]}]}""");
		assertThat(ask().apis()).containsExactly("apps/v1", "apps/v1/Deployment", "apps/v1/Scale", "metrics.k8s.io/v1",
				"v1", "v1/Eviction", "v1/Pod");
	}

	@Test
	void aServerThatDoesNotAnswerIsAway() {
		plain();
		this.failures.put("/apis/apps/v1", 429);
		assertThatExceptionOfType(ClusterAwayException.class).isThrownBy(this::ask).withMessageContaining("429");
		this.failures.put("/version", 401);
		assertThatExceptionOfType(ClusterAwayException.class).isThrownBy(this::ask).withMessageContaining("401");
		this.server.stop(0);
		assertThatExceptionOfType(ClusterAwayException.class).isThrownBy(this::ask)
			.withMessageContaining("nothing accepts connections there");
	}

	@Test
	void aServerThatIsNoneIsAway() {
		this.documents.put("/version", "<html>");
		assertThatExceptionOfType(ClusterAwayException.class).isThrownBy(this::ask).withMessageContaining("not JSON");
	}

	@Test
	void aClusterThatIsNotInTheInventoryIsNoOutage() {
		assertThatIllegalArgumentException().isThrownBy(() -> Discovery.of((cluster) -> {
			throw new IllegalArgumentException("the inventory has no cluster '" + cluster + "'");
		}, Clock.systemUTC()).ask("mars")).withMessageContaining("mars");
	}

}
