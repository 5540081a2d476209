package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.http.BodyTooLargeException;
import io.gennaker.activities.http.BoundedBody;

/**
 * Downloads from allowed hosts. Redirects are followed to allowed hosts only, and each
 * host sees its own credentials alone.
 */
final class ChartDownloads {

	private static final int REDIRECTS = 5;

	private static final int SHOWN = 300;

	private final AllowedHosts hosts;

	private final Duration timeout;

	private final HttpClient client;

	ChartDownloads(AllowedHosts hosts, Duration timeout) {
		this.hosts = hosts;
		this.timeout = timeout;
		this.client = HttpClient.newBuilder()
			.connectTimeout(Duration.ofSeconds(5))
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
	}

	/**
	 * Gets what is at an address.
	 * @param source whose chart is wanted, for messages
	 * @param limit how many bytes it may have
	 * @throws BakeRefusedException if a host refuses or is not allowed, there is nothing,
	 * or it is too large
	 * @throws IOException if a host does not answer now
	 */
	byte[] get(String source, URI uri, long limit) throws IOException {
		URI place = uri;
		for (int i = 0; i <= REDIRECTS; i++) {
			ChartHost host = this.hosts.require(source, place);
			HttpResponse<byte[]> response = send(source, place, host, limit);
			if (response.statusCode() == 200) {
				return response.body();
			}
			place = redirect(source, place, response);
		}
		throw new BakeRefusedException(
				source + ": " + uri.getRawAuthority() + " redirects more than " + REDIRECTS + " times");
	}

	private HttpResponse<byte[]> send(String source, URI uri, ChartHost host, long limit) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "gennaker");
		if (host.username() != null && host.password() != null) {
			String pair = host.username() + ":" + host.password();
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
		}
		CompletableFuture<HttpResponse<byte[]>> call = this.client.sendAsync(request.build(), BoundedBody.upTo(limit));
		try {
			return call.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			throw new SourceUnavailableException(
					source + ": " + host.host() + " does not answer within " + this.timeout.toSeconds() + " s", ex);
		}
		catch (ExecutionException ex) {
			throw failed(source, uri, (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			throw new SourceUnavailableException(source + ": the download was interrupted", ex);
		}
	}

	private static IOException failed(String source, URI uri, Throwable cause) {
		if (cause instanceof BodyTooLargeException) {
			throw new BakeRefusedException(source + ": " + cause.getMessage() + " (" + place(uri) + ")", cause);
		}
		String reason = (cause instanceof ConnectException) ? "cannot be reached"
				: "broke the connection: " + cause.getMessage();
		return new SourceUnavailableException(source + ": " + uri.getRawAuthority() + " " + reason, cause);
	}

	private static URI redirect(String source, URI from, HttpResponse<byte[]> response) throws IOException {
		int status = response.statusCode();
		if (status < 300 || status >= 400) {
			throw refused(source, from, response);
		}
		try {
			URI target = from.resolve(response.headers().firstValue("Location").orElse(""));
			if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())) {
				throw new BakeRefusedException(source + ": " + place(from) + " redirects from https:// to "
						+ target.getScheme() + "://, where this service does not follow");
			}
			return target;
		}
		catch (IllegalArgumentException ex) {
			throw new BakeRefusedException(source + ": " + place(from) + " redirects to no address", ex);
		}
	}

	private static IOException refused(String source, URI uri, HttpResponse<byte[]> response) {
		int status = response.statusCode();
		String said = "HTTP " + status + " for " + place(uri) + words(response.body());
		if (status == 429 || status >= 500) {
			return new SourceUnavailableException(source + ": " + said, null);
		}
		throw new BakeRefusedException(source + ": " + said + switch (status) {
			case 401, 403 ->
				"; check the credentials of " + uri.getRawAuthority() + " under gennaker.chart-repositories";
			case 404, 410 -> "; check the address of the repository";
			default -> "";
		});
	}

	/** Without a query, which may hold a signature. */
	static String place(URI uri) {
		return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
	}

	private static String words(byte[] body) {
		String text = new String(body, 0, Math.min(body.length, 4 * SHOWN), StandardCharsets.UTF_8)
			.replaceAll("\\p{Cntrl}+", " ")
			.strip();
		if (text.isEmpty() || text.startsWith("<")) {
			return "";
		}
		return ": " + ((text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text);
	}

}
