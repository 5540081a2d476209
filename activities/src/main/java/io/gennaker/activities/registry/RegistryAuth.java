package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Answers registries' challenges, and remembers the answers. A host's password goes to
 * that host and to the token service that it names, and nowhere where it could be read on
 * the way.
 */
final class RegistryAuth {

	private static final long SHORTEST_SECONDS = 60;

	private static final Duration MARGIN = Duration.ofSeconds(10);

	private final RegistryHosts hosts;

	private final HttpCalls http;

	private final Map<String, Authorization> known = new ConcurrentHashMap<>();

	RegistryAuth(RegistryHosts hosts, HttpCalls http) {
		this.hosts = hosts;
		this.http = http;
	}

	/**
	 * What was valid for this repository before.
	 */
	@Nullable String remembered(String host, String repository) {
		Authorization authorization = this.known.get(host + "/" + repository);
		return (authorization != null && Instant.now().isBefore(authorization.until())) ? authorization.header() : null;
	}

	/**
	 * An answer to a challenge, or nothing where there is none.
	 */
	@Nullable String answer(String host, String repository, AuthChallenge challenge) throws IOException {
		Authorization authorization = switch (challenge) {
			case AuthChallenge.Bearer bearer -> token(host, repository, bearer);
			case AuthChallenge.Basic() -> basic(host);
			case AuthChallenge.Unknown() -> null;
		};
		if (authorization == null) {
			return null;
		}
		this.known.put(host + "/" + repository, authorization);
		return authorization.header();
	}

	private @Nullable Authorization basic(String host) {
		String credentials = credentials(this.hosts.host(host));
		return (credentials != null) ? new Authorization(credentials, Instant.MAX) : null;
	}

	private static @Nullable String credentials(RegistryHost host) {
		if (host.username() == null || host.password() == null) {
			return null;
		}
		String pair = host.username() + ":" + host.password();
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	private Authorization token(String host, String repository, AuthChallenge.Bearer bearer) throws IOException {
		URI realm = realm(host, repository, bearer);
		HttpRequest.Builder request = this.http.request(realm);
		String credentials = credentials(this.hosts.host(host));
		if (credentials != null) {
			request.header("Authorization", credentials);
		}
		HttpResponse<byte[]> response = this.http.send(host, request.build());
		if (response.statusCode() != 200) {
			throw new RegistryException(host, response.statusCode(),
					"its token service " + realm.getHost() + " refuses access to " + repository + " (HTTP "
							+ response.statusCode() + "); check the registry's credentials in gennaker.registries");
		}
		JsonNode answer = this.http.json(host, response);
		String token = answer.path("token").asText(answer.path("access_token").asText(""));
		if (token.isEmpty()) {
			throw new RegistryException(host, 200, "its token service " + realm.getHost() + " gave no token");
		}
		long seconds = Math.max(SHORTEST_SECONDS, answer.path("expires_in").asLong(SHORTEST_SECONDS));
		return new Authorization("Bearer " + token, Instant.now().plusSeconds(seconds).minus(MARGIN));
	}

	private URI realm(String host, String repository, AuthChallenge.Bearer bearer) throws RegistryException {
		String scope = bearer.scope().isEmpty() ? "repository:" + repository + ":pull" : bearer.scope();
		URI realm;
		try {
			String separator = bearer.realm().contains("?") ? "&" : "?";
			realm = URI
				.create(bearer.realm() + separator + "service=" + encode(bearer.service()) + "&scope=" + encode(scope));
		}
		catch (IllegalArgumentException ex) {
			throw new RegistryException(host, "it names a token service that is no address", ex);
		}
		if (realm.getHost() == null || !this.hosts.isTrustedWithSecrets(realm)) {
			throw new RegistryException(host, 401,
					"it names the token service " + realm.getScheme() + "://" + realm.getRawAuthority()
							+ ", which is not spoken to without TLS; gennaker.registries can except it");
		}
		return realm;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * A header that was given for an answer.
	 *
	 * @param until when it ends
	 */
	private record Authorization(String header, Instant until) {

		@Override
		public String toString() {
			return "Authorization[until " + this.until + "]";
		}

	}

}
