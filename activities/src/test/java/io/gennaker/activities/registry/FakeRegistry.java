package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A registry and its token service, in one HTTP server of the test.
 */
final class FakeRegistry implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	/** Method, path with query, and the authorization if any. */
	final List<String> requests = Collections.synchronizedList(new ArrayList<>());

	/** What a request must carry; empty for anybody. */
	volatile String authorization = "";

	/** What is said to who does not carry it. */
	volatile String challenge = "";

	/** The path of the token service's answer is {@code /token}. */
	volatile String token = "";

	FakeRegistry() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String host() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	String image() {
		return host() + "/classroom/api";
	}

	static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	FakeRegistry answer(String path, int status, String body, String... headers) {
		this.answers.put(path, new Answer(status, body, List.of(headers)));
		return this;
	}

	/** A tag whose image was made at a time. */
	FakeRegistry tag(String tag, String digest, String created) {
		String path = "/v2/classroom/api/";
		String manifest = "{\"config\":{\"digest\":\"sha256:config-" + tag + "\"}}";
		answer(path + "manifests/" + tag, 200, manifest, "Docker-Content-Digest", digest);
		answer(path + "manifests/" + digest, 200, manifest, "Docker-Content-Digest", digest);
		return answer(path + "blobs/sha256:config-" + tag, 200, "{\"created\":\"" + created + "\"}");
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
			String path = exchange.getRequestURI().toString();
			this.requests.add(exchange.getRequestMethod() + " " + path + " " + given);
			if (path.startsWith("/token")) {
				send(exchange, new Answer(200, this.token, List.of()));
			}
			else if (!this.authorization.isEmpty() && !this.authorization.equals(given)) {
				send(exchange, new Answer(401, "", List.of("WWW-Authenticate", this.challenge)));
			}
			else {
				send(exchange, this.answers.getOrDefault(path,
						new Answer(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}", List.of())));
			}
		}
	}

	private static void send(HttpExchange exchange, Answer answer) throws IOException {
		for (int i = 0; i < answer.headers().size(); i += 2) {
			exchange.getResponseHeaders().add(answer.headers().get(i), answer.headers().get(i + 1));
		}
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		boolean head = exchange.getRequestMethod().equals("HEAD");
		exchange.sendResponseHeaders(answer.status(), (head || body.length == 0) ? -1 : body.length);
		if (!head) {
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private record Answer(int status, String body, List<String> headers) {
	}

}
