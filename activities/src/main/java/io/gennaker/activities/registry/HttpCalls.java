package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.http.BodyTooLargeException;
import io.gennaker.activities.http.BoundedBody;

/**
 * Single HTTP calls with limits. Redirects are not followed here.
 */
final class HttpCalls {

	/** Of what is JSON. */
	static final int BODY_LIMIT = 8 * 1024 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient client;

	private final RegistryTimeouts timeouts;

	HttpCalls(RegistryTimeouts timeouts) {
		this.timeouts = timeouts;
		this.client = HttpClient.newBuilder()
			.connectTimeout(timeouts.connect())
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
	}

	HttpRequest.Builder request(URI uri) {
		return HttpRequest.newBuilder(uri).header("User-Agent", "gennaker");
	}

	/**
	 * Sends a request.
	 * @param host whom the message of a failure names
	 */
	HttpResponse<byte[]> send(String host, HttpRequest request) throws IOException {
		return send(host, request, BODY_LIMIT);
	}

	/**
	 * Sends a request.
	 * @param host whom the message of a failure names
	 * @param limit how many bytes the answer may have
	 */
	HttpResponse<byte[]> send(String host, HttpRequest request, long limit) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> call = this.client.sendAsync(request, BoundedBody.upTo(limit));
		try {
			return call.get(this.timeouts.answer().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			throw new RegistryException(host, "it does not answer within " + this.timeouts.answer().toMillis() + " ms",
					ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			if (cause instanceof BodyTooLargeException) {
				throw new RegistryException(host, 200, String.valueOf(cause.getMessage()));
			}
			throw new RegistryException(host, (cause instanceof ConnectException) ? "it cannot be reached"
					: "the connection broke: " + cause.getMessage(), cause);
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			throw new RegistryException(host, "the call was interrupted", ex);
		}
	}

	JsonNode json(String host, HttpResponse<byte[]> response) throws RegistryException {
		try {
			return JSON.readTree(response.body());
		}
		catch (JsonProcessingException ex) {
			throw new RegistryException(host, "its answer is not JSON", ex);
		}
		catch (IOException ex) {
			throw new RegistryException(host, "its answer cannot be read", ex);
		}
	}

}
