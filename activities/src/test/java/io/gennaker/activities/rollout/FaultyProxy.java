package io.gennaker.activities.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a real API server, and breaks what it is told to.
 */
final class FaultyProxy implements AutoCloseable {

	private final HttpServer server;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI target;

	private final KubernetesClient client;

	private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private volatile Function<String, @Nullable Fault> faults = (request) -> null;

	FaultyProxy(KubernetesClient target) throws IOException {
		this.target = URI.create(target.getMasterUrl().toString());
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::pass);
		this.server.start();
		this.client = new KubernetesClientBuilder()
			.withConfig(new ConfigBuilder(Config.empty())
				.withMasterUrl("http://127.0.0.1:" + this.server.getAddress().getPort())
				.withHttp2Disable(true)
				.withOnlyHttpWatches(true)
				.withRequestRetryBackoffLimit(0)
				.withRequestTimeout(5000)
				.withConnectionTimeout(2000)
				.withWatchReconnectInterval(100)
				.build())
			.build();
	}

	KubernetesClient client() {
		return this.client;
	}

	/**
	 * Answers itself what a function answers; passes on what it gives nothing for.
	 * @param function by method and path with query
	 */
	void answer(Function<String, @Nullable Fault> function) {
		this.faults = function;
	}

	/**
	 * What was asked, by method and path with query.
	 */
	List<String> requests() {
		return this.requests;
	}

	/**
	 * Ends all watches without a word.
	 */
	void drop() {
		for (InputStream watch : List.copyOf(this.watches)) {
			try {
				watch.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void pass(HttpExchange exchange) throws IOException {
		String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
		this.requests.add(request);
		Fault fault = this.faults.apply(request);
		try (exchange) {
			if (fault != null) {
				fault.headers().forEach(exchange.getResponseHeaders()::set);
				byte[] body = fault.body().getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(fault.code(), body.length);
				exchange.getResponseBody().write(body);
				return;
			}
			forward(exchange, request.contains("watch=true"));
		}
	}

	private void forward(HttpExchange exchange, boolean watch) throws IOException {
		List<String> headers = new ArrayList<>();
		for (String name : List.of("Accept", "Content-Type")) {
			String value = exchange.getRequestHeaders().getFirst(name);
			if (value != null) {
				headers.add(name);
				headers.add(value);
			}
		}
		HttpRequest.Builder request = HttpRequest.newBuilder(this.target.resolve(exchange.getRequestURI().toString()))
			.method(exchange.getRequestMethod(),
					HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
		if (!headers.isEmpty()) {
			request.headers(headers.toArray(String[]::new));
		}
		try {
			HttpResponse<InputStream> answer = this.http.send(request.build(),
					HttpResponse.BodyHandlers.ofInputStream());
			answer.headers()
				.firstValue("Content-Type")
				.ifPresent((type) -> exchange.getResponseHeaders().set("Content-Type", type));
			exchange.sendResponseHeaders(answer.statusCode(), 0);
			copy(answer.body(), exchange.getResponseBody(), watch);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void copy(InputStream from, OutputStream to, boolean watch) throws IOException {
		if (watch) {
			this.watches.add(from);
		}
		try (from) {
			byte[] buffer = new byte[8192];
			for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
				to.write(buffer, 0, read);
				to.flush();
			}
		}
		finally {
			this.watches.remove(from);
		}
	}

	@Override
	public void close() {
		this.client.close();
		this.server.stop(0);
		this.http.shutdownNow();
	}

	/**
	 * An answer of the proxy's own.
	 */
	record Fault(int code, Map<String, String> headers, String body) {

		/**
		 * A refusal as an API server writes it.
		 */
		static Fault status(int code, String reason, String message) {
			return new Fault(code, Map.of(), "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\","
					+ " \"code\": %d, \"reason\": \"%s\", \"message\": \"%s\"}".formatted(code, reason, message));
		}

		Fault with(String header, String value) {
			return new Fault(this.code, Map.of(header, value), this.body);
		}

	}

}
