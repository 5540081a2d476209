package io.gennaker.activities.rollout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.ownership.FieldManagers;
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
	static final String FIELD_MANAGER = FieldManagers.GENNAKER;

	private static final String JSON = "application/json";

	/** Metadata alone, of servers that know of it; others give whole objects. */
	private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1," + JSON;

	private static final String METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
			+ JSON;

	private static final int PAGE = 500;

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
	 * @return the object as it is then
	 */
	Map<String, Object> apply(ApiKind kind, Manifest object) {
		return apply(kind, object, Write.PLAIN);
	}

	/**
	 * Applies an object for {@link #FIELD_MANAGER}.
	 * @return the object as it is then
	 */
	Map<String, Object> apply(ApiKind kind, Manifest object, Write write) {
		Map<String, String> query = query(write);
		query.put("force", Boolean.toString(write.force()));
		// JSON is YAML, and one content type is understood by every version
		return map(send("apply " + object.title(), "PATCH", path(kind, object), query, "application/apply-patch+yaml",
				serialization().asJson(object.content())));
	}

	/**
	 * Makes an object that is not there yet.
	 * @return the object as it is then
	 */
	Map<String, Object> create(ApiKind kind, Manifest object, Write write) {
		return map(send("create " + object.title(), "POST", kind.path(object.namespace()), query(write), JSON,
				serialization().asJson(object.content())));
	}

	/**
	 * Replaces an object as a whole; it must name the resource version that it replaces.
	 * @return the object as it is then
	 */
	Map<String, Object> replace(ApiKind kind, Manifest object, Write write) {
		return map(send("replace " + object.title(), "PUT", path(kind, object), query(write), JSON,
				serialization().asJson(object.content())));
	}

	/**
	 * Changes an object by JSON Patch.
	 * @return the object as it is then
	 */
	Map<String, Object> patch(ApiKind kind, Manifest object, List<Map<String, Object>> operations) {
		return map(send("change " + object.title(), "PATCH", path(kind, object), query(Write.PLAIN),
				"application/json-patch+json", serialization().asJson(operations)));
	}

	private static Map<String, String> query(Write write) {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("fieldManager", FIELD_MANAGER);
		if (write.dryRun()) {
			query.put("dryRun", "All");
		}
		return query;
	}

	/**
	 * The metadata of an object, if it is there.
	 */
	Optional<Manifest> metadata(ApiKind kind, Manifest object) {
		return get("read " + object.title(), path(kind, object), Map.of(), METADATA)
			.map((body) -> typed(kind, new Manifest(map(body))));
	}

	/**
	 * The metadata of all objects of a kind that carry labels; none where the server does
	 * not know the kind.
	 * @param namespace not used for kinds that live in none
	 */
	List<Manifest> metadata(ApiKind kind, String namespace, Map<String, String> labels) {
		List<Manifest> found = new ArrayList<>();
		Map<String, String> query = new LinkedHashMap<>();
		query.put("labelSelector",
				labels.entrySet()
					.stream()
					.map((label) -> label.getKey() + "=" + label.getValue())
					.collect(Collectors.joining(",")));
		query.put("limit", Integer.toString(PAGE));
		String next;
		do {
			Optional<String> page = get("list " + kind.plural(), kind.path(namespace), query, METADATA_LIST);
			Manifest list = new Manifest(page.map(this::map).orElse(Map.of()));
			list.maps("items").forEach((item) -> found.add(typed(kind, item)));
			next = list.text("metadata", "continue");
			query.put("continue", next);
		}
		while (!next.isEmpty());
		return found;
	}

	private static Manifest typed(ApiKind kind, Manifest object) {
		return object.with(kind.apiVersion(), "apiVersion").with(kind.kind(), "kind");
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
		query.put("limit", Integer.toString(PAGE));
		if (!selector.isEmpty()) {
			query.put("labelSelector", selector);
		}
		Optional<String> body = get("list " + kind.plural(), kind.path(namespace), query);
		if (body.isEmpty()) {
			return List.of();
		}
		Manifest list = new Manifest(map(body.get()));
		if (!list.text("metadata", "continue").isEmpty()) {
			throw new ApiRefusal(400,
					"More than " + PAGE + " " + kind.plural() + " carry " + selector + ": choose fewer");
		}
		return list.maps("items")
			.stream()
			.map((item) -> typed(kind, item))
			.sorted(Comparator.comparing(Manifest::name))
			.toList();
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
		delete(kind, object, Propagation.BACKGROUND, "");
	}

	/**
	 * Deletes an object. One that is gone already is no failure.
	 * @param uid which object of that name it must be; empty for any
	 */
	void delete(ApiKind kind, Manifest object, Propagation propagation, String uid) {
		Map<String, Object> options = new LinkedHashMap<>();
		options.put("apiVersion", "v1");
		options.put("kind", "DeleteOptions");
		options.put("propagationPolicy", propagation.word());
		if (!uid.isEmpty()) {
			options.put("preconditions", Map.of("uid", uid));
		}
		try {
			send("delete " + object.title(), "DELETE", path(kind, object), Map.of(), JSON,
					serialization().asJson(options));
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
		return get(what, path, query, JSON);
	}

	private Optional<String> get(String what, String path, Map<String, String> query, String accept) {
		try {
			return Optional.of(send(what, "GET", path, query, accept, null));
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
	 * An object of the client's model as a tree.
	 */
	@SuppressWarnings("unchecked")
	Map<String, Object> tree(GenericKubernetesResource object) {
		return serialization().convertValue(object, Map.class);
	}

	/**
	 * The failure that a broken connection stands for.
	 */
	ApiOutage unreachable(String what, Throwable cause) {
		return this.answers.unreachable(what, cause);
	}

	/**
	 * The failure that a refusal stands for which the client's own operations met.
	 */
	RuntimeException refused(String what, KubernetesClientException refusal) {
		Status status = refusal.getStatus();
		String words = (status != null && status.getMessage() != null) ? status.getMessage()
				: String.valueOf(refusal.getMessage());
		return this.answers.failure(what, refusal.getCode(), words, null);
	}

	private KubernetesSerialization serialization() {
		return this.client.getKubernetesSerialization();
	}

	/**
	 * How an object is written.
	 *
	 * @param dryRun whether the server only says what would come of it
	 * @param force whether fields are taken from other managers
	 */
	record Write(boolean dryRun, boolean force) {

		static final Write PLAIN = new Write(false, false);

	}

	/**
	 * What becomes of what an object owns when it is deleted.
	 */
	enum Propagation {

		/** It goes afterwards. */
		BACKGROUND("Background"),
		/** It goes before. */
		FOREGROUND("Foreground"),
		/** It stays. */
		ORPHAN("Orphan");

		private final String word;

		Propagation(String word) {
			this.word = word;
		}

		String word() {
			return this.word;
		}

	}

	private static String path(ApiKind kind, Manifest object) {
		return kind.path(object.namespace()) + "/" + object.name();
	}

	/**
	 * Sends a request.
	 * @param type the body's type, or where there is none the answer's
	 */
	private String send(String what, String method, String path, Map<String, String> query, String type,
			@Nullable String body) {
		HttpRequest.Builder request = this.client.getHttpClient().newHttpRequestBuilder().uri(uri(path, query));
		request.header("Accept", (body != null) ? JSON : type);
		request.method(method, (body != null) ? type : JSON, body);
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
