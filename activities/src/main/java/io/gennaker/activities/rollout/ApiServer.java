package io.gennaker.activities.rollout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to one cluster's API server, over the client's own connection and
 * credentials. They are made here rather than by the client's typed operations because
 * those drop {@code Retry-After} and the reasons of a refusal, and write objects anew
 * instead of as they were baked.
 * <p>
 * Every request ends within the client's request timeout (10 s where it has none), with
 * an {@link ApiRefusal} or an {@link ApiOutage} where it does not succeed.
 */
final class ApiServer {

	/** What the API server knows Gennaker's fields by. */
	static final String FIELD_MANAGER = "gennaker";

	private static final int DEFAULT_TIMEOUT_MILLIS = 10_000;

	private final String cluster;

	private final KubernetesClient client;

	private final ApiAnswers answers;

	/**
	 * The API server of a cluster of the inventory.
	 * @throws ApiOutage if there is no client for it now
	 */
	static ApiServer of(String cluster, ClusterClients clusters) {
		try {
			return new ApiServer(cluster, clusters.client(cluster));
		}
		catch (IllegalStateException ex) {
			throw new ApiOutage("Cluster %s does not answer: %s".formatted(cluster, ex.getMessage()), null, ex);
		}
	}

	ApiServer(String cluster, KubernetesClient client) {
		this.cluster = cluster;
		this.client = client;
		this.answers = new ApiAnswers(cluster, client.getKubernetesSerialization());
	}

	String cluster() {
		return this.cluster;
	}

	KubernetesClient client() {
		return this.client;
	}

	/**
	 * Applies an object for {@link #FIELD_MANAGER}, without forcing.
	 * @param dryRun whether the server only says what would come of it
	 * @return the object as it is then
	 */
	Map<String, Object> apply(ApiKind kind, Manifest object, boolean dryRun) {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("fieldManager", FIELD_MANAGER);
		query.put("force", "false");
		if (dryRun) {
			query.put("dryRun", "All");
		}
		// JSON is YAML, and one content type is understood by every version
		String json = serialization().asJson(object.content());
		String body = send("apply " + object.title(), "PATCH", path(kind, object), query,
				"application/apply-patch+yaml", json);
		return map(body);
	}

	/**
	 * Applies a partial object for a field manager of its own, without forcing.
	 * @return the object as it is then
	 */
	Map<String, Object> apply(ApiKind kind, Manifest object, String manager) {
		return patch(kind, object, "application/apply-patch+yaml", object.content(),
				Map.of("fieldManager", manager, "force", "false"));
	}

	/**
	 * Changes an object.
	 * @param contentType the kind of patch
	 * @param patch its tree
	 * @return the object as it is then
	 */
	Map<String, Object> patch(ApiKind kind, Manifest object, String contentType, Object patch,
			Map<String, String> query) {
		return map(send("patch " + object.title(), "PATCH", path(kind, object), query, contentType,
				serialization().asJson(patch)));
	}

	/**
	 * The objects of a kind in a namespace that carry labels, by name.
	 * @param selector as the API server reads it; empty for all
	 * @throws ApiRefusal if there are more than 500
	 */
	List<Manifest> list(ApiKind kind, String namespace, String selector) {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("limit", "500");
		if (!selector.isEmpty()) {
			query.put("labelSelector", selector);
		}
		Optional<String> body = get("list " + kind.plural(), kind.path(namespace), query);
		if (body.isEmpty()) {
			return List.of();
		}
		Manifest list = new Manifest(map(body.get()));
		if (!list.text("metadata", "continue").isEmpty()) {
			throw new ApiRefusal(400, "More than 500 " + kind.plural() + " carry " + selector + ": choose fewer");
		}
		return list.maps("items")
			.stream()
			.map((item) -> item.with(kind.apiVersion(), "apiVersion").with(kind.kind(), "kind"))
			.sorted(Comparator.comparing(Manifest::name))
			.toList();
	}

	/**
	 * An object's JSON tree.
	 */
	@SuppressWarnings("unchecked")
	Map<String, Object> tree(GenericKubernetesResource object) {
		return serialization().convertValue(object, Map.class);
	}

	/**
	 * An object as it is now; empty where there is none.
	 */
	Optional<Map<String, Object>> get(ApiKind kind, Manifest object) {
		return get("read " + object.title(), path(kind, object), Map.of()).map(this::map);
	}

	/**
	 * An object as it is now; empty where there is none.
	 */
	Optional<GenericKubernetesResource> find(ApiKind kind, Manifest object) {
		return find(kind, object.namespace(), object.name());
	}

	/**
	 * An object as it is now; empty where there is none.
	 */
	Optional<GenericKubernetesResource> find(ApiKind kind, String namespace, String name) {
		return get("read " + kind.kind() + "/" + name, kind.path(namespace) + "/" + name, Map.of())
			.map((body) -> serialization().unmarshal(body, GenericKubernetesResource.class));
	}

	/**
	 * Deletes an object and, in the background, what it owns. One that is gone already is
	 * no failure.
	 */
	void delete(ApiKind kind, Manifest object) {
		try {
			send("delete " + object.title(), "DELETE", path(kind, object), Map.of("propagationPolicy", "Background"),
					"application/json", null);
		}
		catch (ApiRefusal ex) {
			if (ex.code() != 404) {
				throw ex;
			}
		}
	}

	/**
	 * What stands at a path under the server's root; empty where nothing does (404).
	 */
	Optional<String> get(String what, String path, Map<String, String> query) {
		try {
			return Optional.of(send(what, "GET", path, query, "application/json", null));
		}
		catch (ApiRefusal ex) {
			if (ex.code() == 404) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/**
	 * A JSON object's tree.
	 */
	@SuppressWarnings("unchecked")
	Map<String, Object> map(String json) {
		return serialization().unmarshal(json, Map.class);
	}

	/**
	 * An object's tree in the client's model.
	 */
	GenericKubernetesResource resource(Map<String, Object> tree) {
		return serialization().convertValue(tree, GenericKubernetesResource.class);
	}

	/**
	 * The failure that a broken connection stands for.
	 */
	ApiOutage unreachable(String what, Throwable cause) {
		return this.answers.unreachable(what, cause);
	}

	private KubernetesSerialization serialization() {
		return this.client.getKubernetesSerialization();
	}

	private static String path(ApiKind kind, Manifest object) {
		return kind.path(object.namespace()) + "/" + object.name();
	}

	private String send(String what, String method, String path, Map<String, String> query, String contentType,
			@Nullable String body) {
		HttpRequest.Builder request = this.client.getHttpClient().newHttpRequestBuilder().uri(uri(path, query));
		request.method(method, contentType, body);
		HttpResponse<String> response = await(what, request.build());
		String text = (response.body() != null) ? response.body() : "";
		if (!response.isSuccessful()) {
			throw this.answers.failure(what, response.code(), text, response.header("Retry-After"));
		}
		return text;
	}

	private HttpResponse<String> await(String what, HttpRequest request) {
		Integer timeout = this.client.getConfiguration().getRequestTimeout();
		int millis = (timeout != null && timeout > 0) ? timeout : DEFAULT_TIMEOUT_MILLIS;
		CompletableFuture<HttpResponse<String>> answer = this.client.getHttpClient().sendAsync(request, String.class);
		try {
			return answer.get(millis, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw unreachable(what, ex);
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw unreachable(what, new TimeoutException("no answer within " + millis + " ms"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer.cancel(true);
			throw unreachable(what, ex);
		}
	}

	private String uri(String path, Map<String, String> query) {
		String root = this.client.getMasterUrl().toString();
		String parameters = query.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return (root.endsWith("/") ? root : root + "/") + path + (parameters.isEmpty() ? "" : "?" + parameters);
	}

}
