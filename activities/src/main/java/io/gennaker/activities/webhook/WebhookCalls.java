package io.gennaker.activities.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.activities.http.BodyTooLargeException;
import io.gennaker.activities.http.BoundedBody;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to allowed hosts. Redirects are answers like others: nothing follows
 * them.
 */
final class WebhookCalls {

	/** Of an answer, in bytes. */
	private static final long MOST = 1024 * 1024;

	private static final Duration ANSWER = Duration.ofSeconds(15);

	private final WebhookHosts hosts;

	private final HttpClient client = HttpClient.newBuilder()
		.connectTimeout(Duration.ofSeconds(5))
		.followRedirects(HttpClient.Redirect.NEVER)
		.version(HttpClient.Version.HTTP_1_1)
		.build();

	WebhookCalls(WebhookHosts hosts) {
		this.hosts = hosts;
	}

	/**
	 * Sends a request.
	 * @throws WebhookRefusedException if the host may not be spoken to, or the answer is
	 * too large
	 * @throws IOException if there is no answer now
	 */
	WebhookAnswer send(String method, String url, Map<String, String> headers, @Nullable String body)
			throws IOException {
		URI uri = require(url);
		BodyPublisher content = (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody();
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "gennaker");
		try {
			headers.forEach(request::setHeader);
		}
		catch (IllegalArgumentException ex) {
			// its message would show the value
			throw new WebhookRefusedException("A header holds what no header may hold, such as a line break");
		}
		return WebhookAnswer.of(await(uri, request.method(method, content).build()));
	}

	private URI require(String url) throws IOException {
		try {
			return this.hosts.require(url);
		}
		catch (UnknownHostException ex) {
			throw new IOException("There is no address for the host of the stage's url", ex);
		}
	}

	private HttpResponse<byte[]> await(URI uri, HttpRequest request) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> call = this.client.sendAsync(request, BoundedBody.upTo(MOST));
		try {
			return call.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			throw new IOException(uri.getRawAuthority() + " does not answer within " + ANSWER.toSeconds() + " s", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof BodyTooLargeException) {
				throw new WebhookRefusedException(uri.getRawAuthority() + " answers with more than 1 MiB");
			}
			throw new IOException(uri.getRawAuthority() + ((ex.getCause() instanceof ConnectException)
					? " cannot be reached" : " broke the connection: " + ex.getCause()), ex);
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("The worker is shutting down; another one goes on", ex);
		}
	}

}
