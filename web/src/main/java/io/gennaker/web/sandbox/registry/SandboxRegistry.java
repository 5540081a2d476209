package io.gennaker.web.sandbox.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gennaker.web.sandbox.apiserver.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An image registry on a loopback port, in the place of the host that the example names.
 * Any client can push to it; what is pushed stays.
 */
public final class SandboxRegistry implements AutoCloseable {

	/** The host that it stands in for. */
	public static final String HOST = "registry.example.com";

	private static final Logger logger = LoggerFactory.getLogger(SandboxRegistry.class);

	private final Content content;

	private final PushNotifier notifier = new PushNotifier(HOST);

	private final RegistryRequests requests;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * Starts the registry with the example's images.
	 * @param folder where its content is kept; made if it is not there
	 * @param port the port, or 0 for a free one
	 * @throws UncheckedIOException if the port is taken or the folder cannot be written
	 */
	public SandboxRegistry(Path folder, int port) {
		this.content = new Content(folder);
		ExampleImages.load(this.content);
		this.requests = new RegistryRequests(this.content, this.notifier);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The sandbox registry cannot listen on port " + port, ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/** Host and port where it really listens, over plain HTTP. */
	public String address() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Tells this webhook of every push from now on. */
	public void notify(URI receiver) {
		this.notifier.notify(receiver);
	}

	/**
	 * Whether an image can be pulled. Of other hosts than its own it knows nothing, and
	 * takes theirs to be there.
	 * @param image such as {@code registry.example.com/classroom/api:v1@sha256:…}
	 */
	public boolean holds(String image) {
		for (String host : java.util.List.of(HOST, address())) {
			if (image.startsWith(host + "/")) {
				return holdsOwn(image.substring(host.length() + 1));
			}
		}
		return true;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.server.stop(0);
		this.notifier.close();
	}

	private boolean holdsOwn(String image) {
		int at = image.indexOf('@');
		String named = (at < 0) ? image : image.substring(0, at);
		int colon = named.lastIndexOf(':');
		String repository = (colon < 0) ? named : named.substring(0, colon);
		String reference = (at >= 0) ? image.substring(at + 1) : (colon < 0) ? "latest" : named.substring(colon + 1);
		return RegistryRequests.isName(repository) && RegistryRequests.isReference(reference)
				&& this.content.manifest(repository, reference).isPresent();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
			try {
				this.requests.answer(exchange);
			}
			catch (RegistryException ex) {
				refuse(exchange, ex.status(), ex.code(), String.valueOf(ex.getMessage()));
			}
			catch (RuntimeException ex) {
				logger.error("The sandbox registry failed at {} {}", exchange.getRequestMethod(),
						exchange.getRequestURI().getPath(), ex);
				refuse(exchange, 500, "UNKNOWN", "the registry failed; its log says why");
			}
		}
	}

	private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
		ObjectNode body = Json.object();
		body.putArray("errors").addObject().put("code", code).put("message", message);
		byte[] bytes = Json.bytes(body);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		boolean head = exchange.getRequestMethod().equals("HEAD");
		exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
		if (!head) {
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(bytes);
			}
		}
	}

}
