package io.gennaker.activities.bake.capability;

import java.time.Clock;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gennaker.activities.rollout.BrokenConnection;
import io.gennaker.activities.rollout.ClusterClients;

/**
 * Reads an API server's discovery documents as Helm does (helm.sh/helm/v3/pkg/action,
 * GetVersionSet): every group with version and, of each, every kind, those of
 * subresources included. A group whose own server does not answer is listed without its
 * kinds. The documents are asked for in one piece (aggregated discovery, Kubernetes 1.27
 * and later), which older servers answer with the plain list.
 */
final class ApiDiscovery implements Discovery {

	private static final long TIMEOUT_MILLIS = 8000;

	private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
			+ "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ClusterClients clusters;

	private final Clock clock;

	ApiDiscovery(ClusterClients clusters, Clock clock) {
		this.clusters = clusters;
		this.clock = clock;
	}

	@Override
	public Capabilities ask(String cluster) {
		try {
			KubernetesClient client = this.clusters.client(cluster);
			String version = get(client, "version").path("gitVersion").asText();
			if (version.isEmpty()) {
				throw new IllegalStateException("its API server does not tell its version");
			}
			SortedSet<String> apis = new TreeSet<>();
			addAll(client, get(client, "api"), "api/", apis);
			addAll(client, get(client, "apis"), "apis/", apis);
			return new Capabilities(version, apis, this.clock.instant());
		}
		catch (IllegalArgumentException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ClusterAwayException(BrokenConnection.words(ex), ex);
		}
	}

	private static void addAll(KubernetesClient client, JsonNode answer, String root, SortedSet<String> apis) {
		if (answer.path("kind").asText().equals("APIGroupDiscoveryList")) {
			answer.path("items").forEach((group) -> addGroup(group, apis));
			return;
		}
		answer.path("versions").forEach((version) -> addVersion(client, version.asText(), root, apis));
		answer.path("groups")
			.forEach((group) -> group.path("versions")
				.forEach((version) -> addVersion(client, version.path("groupVersion").asText(), root, apis)));
	}

	private static void addGroup(JsonNode group, SortedSet<String> apis) {
		String name = group.path("metadata").path("name").asText();
		for (JsonNode version : group.path("versions")) {
			String api = (name.isEmpty() ? "" : name + "/") + version.path("version").asText();
			apis.add(api);
			for (JsonNode resource : version.path("resources")) {
				addKind(api, resource.path("responseKind"), apis);
				resource.path("subresources")
					.forEach((subresource) -> addKind(api, subresource.path("responseKind"), apis));
			}
		}
	}

	private static void addKind(String api, JsonNode responseKind, SortedSet<String> apis) {
		String kind = responseKind.path("kind").asText();
		if (!kind.isEmpty()) {
			apis.add(api + "/" + kind);
		}
	}

	private static void addVersion(KubernetesClient client, String api, String root, SortedSet<String> apis) {
		apis.add(api);
		JsonNode resources;
		try {
			resources = get(client, root + api);
		}
		catch (UnavailableException ex) {
			return; // Helm also goes on without a group whose server is away
		}
		resources.path("resources").forEach((resource) -> {
			if (!resource.path("kind").asText().isEmpty()) {
				apis.add(api + "/" + resource.path("kind").asText());
			}
		});
	}

	private static JsonNode get(KubernetesClient client, String path) {
		String root = client.getMasterUrl().toString();
		HttpRequest request = client.getHttpClient()
			.newHttpRequestBuilder()
			.uri((root.endsWith("/") ? root : root + "/") + path)
			.header("Accept", AGGREGATED)
			.build();
		HttpResponse<String> response = await(client.getHttpClient().sendAsync(request, String.class));
		if (response.code() == 503 || response.code() == 404) {
			throw new UnavailableException("it answered " + response.code() + " to /" + path);
		}
		if (!response.isSuccessful()) {
			throw new IllegalStateException("it answered " + response.code() + " to /" + path);
		}
		try {
			return JSON.readTree(response.body());
		}
		catch (JsonProcessingException ex) {
			// Not as a cause: its words would quote the answer, and nobody needs them.
			throw new IllegalStateException("its answer to /" + path + " is not JSON");
		}
	}

	private static HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer) {
		try {
			return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(BrokenConnection.words(ex), ex);
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new IllegalStateException("no answer within " + TIMEOUT_MILLIS + " ms", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer.cancel(true);
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * A part of the API whose server is away.
	 */
	private static final class UnavailableException extends IllegalStateException {

		private static final long serialVersionUID = 1L;

		UnavailableException(String message) {
			super(message);
		}

	}

}
