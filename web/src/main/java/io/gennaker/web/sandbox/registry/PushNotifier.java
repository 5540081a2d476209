package io.gennaker.web.sandbox.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a webhook of each push, in the format of the distribution project, and again
 * until it is taken.
 */
final class PushNotifier implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PushNotifier.class);

	private static final String TYPE = "application/vnd.docker.distribution.events.v1+json";

	private static final int ATTEMPTS = 8;

	private final String host;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final ScheduledExecutorService sender = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sandbox-registry-events").factory());

	private volatile URI receiver = URI.create("");

	PushNotifier(String host) {
		this.host = host;
	}

	void notify(URI to) {
		this.receiver = to;
	}

	void pushed(String repository, String tag, Content.Manifest manifest) {
		URI to = this.receiver;
		if (!to.toString().isEmpty()) {
			send(to, Json.bytes(event(repository, tag, manifest)), repository + ":" + tag, 1);
		}
	}

	@Override
	public void close() {
		this.sender.shutdownNow();
		this.client.shutdownNow();
	}

	private ObjectNode event(String repository, String tag, Content.Manifest manifest) {
		ObjectNode envelope = Json.object();
		ObjectNode event = envelope.putArray("events").addObject();
		event.put("id", UUID.randomUUID().toString()).put("timestamp", Instant.now().toString()).put("action", "push");
		ObjectNode target = event.putObject("target");
		target.put("mediaType", manifest.type())
			.put("size", manifest.content().length)
			.put("length", manifest.content().length)
			.put("digest", manifest.digest())
			.put("repository", repository)
			.put("url", "https://" + this.host + "/v2/" + repository + "/manifests/" + manifest.digest());
		if (!tag.isEmpty()) {
			target.put("tag", tag);
		}
		event.putObject("request")
			.put("id", UUID.randomUUID().toString())
			.put("addr", "127.0.0.1")
			.put("host", this.host)
			.put("method", "PUT")
			.put("useragent", "gennaker-sandbox");
		event.putObject("actor");
		event.putObject("source").put("addr", this.host).put("instanceID", "gennaker-sandbox");
		return envelope;
	}

	private void send(URI to, byte[] body, String what, int attempt) {
		try {
			this.sender.schedule(() -> attempt(to, body, what, attempt),
					(attempt == 1) ? 0 : Math.min(60, 1L << (attempt - 2)), TimeUnit.SECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.info("The push of {} is not told any more: the registry stops", what);
		}
	}

	private void attempt(URI to, byte[] body, String what, int attempt) {
		String why;
		try {
			HttpRequest request = HttpRequest.newBuilder(to)
				.timeout(Duration.ofSeconds(10))
				.header("Content-Type", TYPE)
				.POST(HttpRequest.BodyPublishers.ofByteArray(body))
				.build();
			int status = this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			if (status / 100 == 2) {
				return;
			}
			why = "HTTP " + status;
		}
		catch (IOException ex) {
			why = ex.toString();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		if (attempt < ATTEMPTS) {
			send(to, body, what, attempt + 1);
		}
		else {
			// The URL ends in a token: it is not named here.
			logger.warn("The push of {} was not taken by the webhook in {} attempts: {}", what, ATTEMPTS, why);
		}
	}

}
