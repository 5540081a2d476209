package io.gennaker.web.sandbox.apiserver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of the API server, on a free port of the loopback interface. Every
 * request needs the bearer token.
 */
public final class ApiServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ApiServer.class);

	private static final int BODY_LIMIT = 3 * 1024 * 1024;

	private final Objects objects;

	private final Discovery discovery;

	private final PodLogs logs;

	private final byte[] authorization;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	static {
		// Without it each small answer waits for the client's delayed acknowledgement.
		if (System.getProperty("sun.net.httpserver.nodelay") == null) {
			System.setProperty("sun.net.httpserver.nodelay", "true");
		}
	}

	/**
	 * Starts the server.
	 * @throws IOException if no port can be bound
	 */
	public ApiServer(Objects objects, PodLogs logs, String token) throws IOException {
		this.objects = objects;
		this.discovery = new Discovery(objects.types());
		this.logs = logs;
		this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/** Where it listens. */
	public URI uri() {
		InetSocketAddress address = this.server.getAddress();
		return URI.create("http://127.0.0.1:" + address.getPort());
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			answer(exchange);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void answer(HttpExchange exchange) throws IOException, InterruptedException {
		try {
			if (!authorized(exchange)) {
				respond(exchange, 401, unauthorized());
				return;
			}
			route(exchange);
		}
		catch (ApiException ex) {
			respond(exchange, ex.code(), ex.status());
		}
		catch (RuntimeException ex) {
			logger.error("The sandbox cluster failed at {} {}", exchange.getRequestMethod(), exchange.getRequestURI(),
					ex);
			respond(exchange, 500, ApiException.internal(String.valueOf(ex.getMessage())).status());
		}
	}

	private boolean authorized(HttpExchange exchange) {
		String header = exchange.getRequestHeaders().getFirst("Authorization");
		return header != null && MessageDigest.isEqual(header.getBytes(StandardCharsets.UTF_8), this.authorization);
	}

	private void route(HttpExchange exchange) throws IOException, InterruptedException {
		List<String> path = RequestTarget.segments(exchange.getRequestURI());
		if (List.of("healthz", "livez", "readyz").contains(path.getFirst())) {
			respond(exchange, 200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
			return;
		}
		ObjectNode about = this.discovery.answer(path).orElse(null);
		if (about != null) {
			respond(exchange, 200, about);
			return;
		}
		if (!path.getFirst().equals("api") && !path.getFirst().equals("apis")) {
			throw ApiException.noSuchPath();
		}
		RequestTarget target = RequestTarget.of(exchange.getRequestURI(), this.objects.types())
			.orElseThrow(ApiException::noSuchPath);
		switch (exchange.getRequestMethod()) {
			case "GET" -> get(exchange, target);
			case "POST" -> post(exchange, target);
			case "PUT" -> put(exchange, target);
			case "PATCH" -> patch(exchange, target);
			case "DELETE" -> delete(exchange, target);
			default -> throw ApiException.methodNotAllowed();
		}
	}

	private void get(HttpExchange exchange, RequestTarget target) throws IOException, InterruptedException {
		if (!target.name().isEmpty()) {
			ObjectNode object = this.objects.read(target.key());
			switch (target.subresource()) {
				case "", "status" -> respond(exchange, 200, object);
				case "scale" -> respond(exchange, 200, Scale.of(target, object));
				case "log" -> log(exchange, target, object);
				default -> throw ApiException.noSuchPath();
			}
		}
		else if (target.flag("watch")) {
			watch(exchange, target);
		}
		else {
			respond(exchange, 200, list(target));
		}
	}

	private void log(HttpExchange exchange, RequestTarget target, ObjectNode pod) throws IOException {
		String text = this.logs.read(pod, target.parameter("container"), target.flag("previous"));
		int tail = target.number("tailLines", Integer.MAX_VALUE);
		List<String> lines = text.lines().toList();
		String shown = String.join("\n", lines.subList(Math.max(0, lines.size() - tail), lines.size()));
		respond(exchange, 200, "text/plain", (shown.isEmpty() ? "" : shown + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private void watch(HttpExchange exchange, RequestTarget target) throws IOException, InterruptedException {
		if (exchange.getRequestHeaders().containsKey("Upgrade")) {
			// No WebSockets here: the client goes on with the same request over plain
			// HTTP.
			respond(exchange, 200, Json.object());
			return;
		}
		WatchStream stream = new WatchStream(this.objects.store(), target);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream out = exchange.getResponseBody()) {
			out.flush();
			stream.writeTo(out);
		}
		catch (IOException ex) {
			logger.debug("A watch of {} ended: {}", target.type().plural(), ex.getMessage());
		}
	}

	private ObjectNode list(RequestTarget target) {
		ObjectStore.Listing listing = this.objects.store().list(target.type(), target.namespace());
		ObjectNode list = Json.object();
		list.put("kind", target.type().kind() + "List").put("apiVersion", target.type().apiVersion());
		list.putObject("metadata").put("resourceVersion", Long.toString(listing.revision()));
		ArrayNode items = list.putArray("items");
		Selector selector = target.selector();
		listing.items().stream().filter(selector::matches).forEach(items::add);
		return list;
	}

	private void post(HttpExchange exchange, RequestTarget target) throws IOException {
		if (!target.name().isEmpty() || (target.type().namespaced() && target.namespace().isEmpty())) {
			throw ApiException.methodNotAllowed();
		}
		ObjectNode body = object(body(exchange));
		String namespace = Json.text(body, "metadata/namespace");
		if (target.type().namespaced() && !namespace.isEmpty() && !namespace.equals(target.namespace())) {
			throw ApiException.badRequest(
					"the namespace of the provided object does not match the namespace sent on" + " the request");
		}
		respond(exchange, 201, this.objects.create(target.type(), target.namespace(), body, write(exchange, target)));
	}

	private void put(HttpExchange exchange, RequestTarget target) throws IOException {
		ObjectNode body = object(body(exchange));
		if (target.subresource().equals("scale")) {
			respond(exchange, 200, Scale.set(this.objects, target, body, write(exchange, target)));
			return;
		}
		checkWritable(target);
		respond(exchange, 200, this.objects.replace(target.key(), body, write(exchange, target)));
	}

	private void patch(HttpExchange exchange, RequestTarget target) throws IOException {
		PatchKind kind = PatchKind.ofContentType(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
		JsonNode patch = Json.parse(body(exchange));
		if (target.subresource().equals("scale")) {
			ObjectNode scale = new Patches(new MergeSchema(false))
				.patched(Scale.of(target, this.objects.read(target.key())), kind, patch);
			respond(exchange, 200, Scale.set(this.objects, target, scale, write(exchange, target)));
			return;
		}
		checkWritable(target);
		if (kind == PatchKind.APPLY && target.parameter("fieldManager").isEmpty()) {
			throw ApiException.badRequest("fieldManager: Required value: is required for apply patch");
		}
		Objects.Patched patched = this.objects.patch(target.key(), kind, patch, write(exchange, target));
		respond(exchange, patched.created() ? 201 : 200, patched.object());
	}

	private void delete(HttpExchange exchange, RequestTarget target) throws IOException {
		byte[] body = body(exchange);
		JsonNode options = (body.length == 0) ? Json.object() : Json.parse(body);
		Write write = write(exchange, target);
		boolean dryRun = write.dryRun() || !options.path("dryRun").isEmpty();
		Deletion deletion = new Deletion(
				options.path("gracePeriodSeconds").asInt(target.number("gracePeriodSeconds", -1)),
				options.path("propagationPolicy")
					.asText(target.parameter("propagationPolicy").isEmpty() ? "Background"
							: target.parameter("propagationPolicy")),
				new Write(write.manager(), "", false, dryRun));
		if (!target.name().isEmpty()) {
			Preconditions.check(target.key(), this.objects.read(target.key()), options.path("preconditions"));
			respond(exchange, 200, deletion.apply(this.objects, target.key()));
			return;
		}
		ObjectNode deleted = list(target);
		for (JsonNode item : deleted.path("items")) {
			deletion.apply(this.objects, new ObjectKey(target.type(), Json.text(item, "metadata/namespace"),
					Json.text(item, "metadata/name")));
		}
		respond(exchange, 200, deleted);
	}

	private static void checkWritable(RequestTarget target) {
		boolean known = target.subresource().isEmpty()
				|| (target.subresource().equals("status") && target.type().status());
		if (!known) {
			throw ApiException.noSuchPath();
		}
		if (target.name().isEmpty()) {
			throw ApiException.methodNotAllowed();
		}
	}

	private static Write write(HttpExchange exchange, RequestTarget target) {
		String manager = target.parameter("fieldManager");
		if (manager.isEmpty()) {
			String agent = exchange.getRequestHeaders().getFirst("User-Agent");
			manager = (agent != null) ? agent.split("[/ ]")[0] : "unknown";
		}
		String dryRun = target.parameter("dryRun");
		if (!dryRun.isEmpty() && !dryRun.equals("All")) {
			throw ApiException.badRequest("dryRun: Unsupported value: \"" + dryRun + "\": supported values: \"All\"");
		}
		return new Write(manager, target.subresource(), target.flag("force"), !dryRun.isEmpty());
	}

	private static byte[] body(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
		if (body.length > BODY_LIMIT) {
			throw ApiException.tooLarge(BODY_LIMIT);
		}
		return body;
	}

	private static ObjectNode object(byte[] body) {
		if (Json.parse(body) instanceof ObjectNode object) {
			return object;
		}
		throw ApiException.badRequest("the body of the request is not an object");
	}

	private static ObjectNode unauthorized() {
		return Json.object()
			.put("kind", "Status")
			.put("apiVersion", "v1")
			.put("status", "Failure")
			.put("message", "Unauthorized")
			.put("reason", "Unauthorized")
			.put("code", 401);
	}

	private static void respond(HttpExchange exchange, int code, ObjectNode body) throws IOException {
		respond(exchange, code, "application/json", Json.bytes(body));
	}

	private static void respond(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(code, (body.length == 0) ? -1 : body.length);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
	}

	/**
	 * How objects are to be deleted.
	 *
	 * @param grace seconds; negative for the kind's own
	 */
	private record Deletion(int grace, String propagation, Write write) {

		ObjectNode apply(Objects objects, ObjectKey key) {
			return objects.delete(key, this.grace, this.propagation, this.write);
		}

	}

}
