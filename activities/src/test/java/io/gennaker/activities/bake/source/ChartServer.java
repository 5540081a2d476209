package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * An HTTP server that charts are served from.
 */
final class ChartServer implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

	/** Method, path with query, and the authorization if any. */
	final List<String> requests = Collections.synchronizedList(new ArrayList<>());

	/** What a request must carry; empty for anybody. */
	volatile String authorization = "";

	ChartServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String host() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** The same server under a name that makes it another host. */
	String otherHost() {
		return "localhost:" + this.server.getAddress().getPort();
	}

	static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	ChartServer answer(String path, int status, byte[] body, String... headers) {
		return handle(path, (exchange) -> {
			for (int i = 0; i < headers.length; i += 2) {
				exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
			}
			exchange.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
			exchange.getResponseBody().write(body);
		});
	}

	ChartServer answer(String path, String body) {
		return answer(path, 200, body.getBytes(StandardCharsets.UTF_8));
	}

	ChartServer redirect(String path, String location) {
		return answer(path, 302, new byte[0], "Location", location);
	}

	/** Sends so many bytes, as long as someone reads. */
	ChartServer flood(String path, long bytes) {
		return handle(path, (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			byte[] block = new byte[64 * 1024];
			java.util.Arrays.fill(block, (byte) '#');
			try (OutputStream out = exchange.getResponseBody()) {
				for (long sent = 0; sent < bytes; sent += block.length) {
					out.write(block);
				}
			}
		});
	}

	/**
	 * Answers one path.
	 */
	ChartServer handle(String path, Handler handler) {
		this.handlers.put(path, handler);
		return this;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange; InputStream body = exchange.getRequestBody()) {
			String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
			String path = exchange.getRequestURI().toString();
			this.requests.add(exchange.getRequestMethod() + " " + path + " " + given);
			Handler handler = this.handlers.get(path.replaceAll("\\?.*", ""));
			if (!this.authorization.isEmpty() && !this.authorization.equals(given)) {
				exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"charts\"");
				exchange.sendResponseHeaders(401, -1);
			}
			else if (handler == null) {
				exchange.sendResponseHeaders(404, -1);
			}
			else {
				handler.handle(exchange);
			}
			body.skip(0);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * Answers one request.
	 */
	@FunctionalInterface
	interface Handler {

		void handle(HttpExchange exchange) throws IOException;

	}

}
