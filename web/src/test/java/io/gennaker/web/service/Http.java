package io.gennaker.web.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks to the service as programs and browsers do. Follows no redirects, keeps no
 * cookies by itself.
 */
public final class Http {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	public Http(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	/**
	 * A request to a path.
	 */
	public HttpRequest.Builder to(String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path)).timeout(Duration.ofSeconds(20));
	}

	/**
	 * A request of a user by HTTP Basic.
	 */
	public HttpRequest.Builder as(String user, String path) {
		return to(path).header("Authorization", basic(user, Service.PASSWORD));
	}

	/**
	 * Sends a request and reads its answer's text.
	 */
	public HttpResponse<String> send(HttpRequest.Builder request) {
		return send(request, BodyHandlers.ofString());
	}

	/**
	 * Sends a request and leaves its answer unread, as for one that never ends.
	 */
	public int status(HttpRequest.Builder request) {
		HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
		try (InputStream _ = response.body()) {
			return response.statusCode();
		}
		catch (IOException exception) {
			throw new AssertionError(exception);
		}
	}

	/**
	 * Reads a resource as a user.
	 */
	public HttpResponse<String> get(String user, String path) {
		return send(as(user, path));
	}

	/**
	 * Posts JSON as a user.
	 */
	public HttpResponse<String> post(String user, String path, String json) {
		return send(as(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	/**
	 * Signs a user in by the form.
	 */
	public Session signIn(String user) {
		HttpResponse<String> answer = tryToSignIn(user, Service.PASSWORD);
		if (answer.statusCode() != 302 || answer.headers().firstValue("Location").orElse("").contains("/login")) {
			throw new AssertionError("not signed in: " + answer.statusCode() + " " + answer.headers().map());
		}
		return new Session(cookie(answer));
	}

	/**
	 * Sends the sign-in form.
	 */
	public HttpResponse<String> tryToSignIn(String user, String password) {
		HttpResponse<String> page = send(to("/login").header("Accept", "text/html"));
		String form = "username=" + user + "&password=" + password.replace(' ', '+') + "&_csrf=" + csrf(page.body());
		return send(to("/login").header("Cookie", cookie(page))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "text/html")
			.POST(BodyPublishers.ofString(form)));
	}

	/**
	 * The token of a page's form.
	 */
	public static String csrf(String page) {
		Matcher token = CSRF.matcher(page);
		if (!token.find()) {
			throw new AssertionError("the page holds no CSRF token: " + page);
		}
		return token.group(1);
	}

	/**
	 * A header of HTTP Basic.
	 */
	public static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private static String cookie(HttpResponse<?> answer) {
		String set = answer.headers().firstValue("Set-Cookie").orElseThrow(() -> new AssertionError("no cookie"));
		return set.substring(0, set.indexOf(';'));
	}

	private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
		try {
			return CLIENT.send(request.build(), body);
		}
		catch (IOException exception) {
			HttpRequest sent = request.build();
			throw new AssertionError(sent.method() + " " + sent.uri().getPath() + ": " + exception, exception);
		}
		catch (InterruptedException exception) {
			Thread.currentThread().interrupt();
			throw new AssertionError(exception);
		}
	}

	/**
	 * A signed-in browser.
	 *
	 * @param cookie as sent along
	 */
	public record Session(String cookie) {
	}

}
