package io.gennaker.web.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user's calls of the API.
 */
final class ApiClient {

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ServiceProcess service;

	private final String authorization;

	ApiClient(ServiceProcess service, String user, String password) {
		this.service = service;
		this.authorization = "Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	static boolean answers(URI uri) {
		try {
			return HTTP
				.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build(), BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	JsonNode get(String path) {
		return send(HttpRequest.newBuilder(this.service.uri(path)).GET());
	}

	JsonNode post(String path, String body) {
		return send(HttpRequest.newBuilder(this.service.uri(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	/**
	 * Gets until the answer is as it should be.
	 */
	JsonNode await(String what, String path, Duration patience, Predicate<JsonNode> expected) {
		return Awaitility.await(what)
			.atMost(patience)
			.pollInterval(Duration.ofMillis(300))
			.until(() -> get(path), expected);
	}

	private JsonNode send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = HTTP.send(
					request.header("Authorization", this.authorization).timeout(Duration.ofSeconds(30)).build(),
					BodyHandlers.ofString());
			if (response.statusCode() >= 300) {
				throw new IllegalStateException(
						response.uri() + " answered " + response.statusCode() + ": " + response.body());
			}
			return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
