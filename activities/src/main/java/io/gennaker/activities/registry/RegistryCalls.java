package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gennaker.pipelines.image.ImageName;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the distribution API, with authentication, redirects and errors that name the
 * host (https://github.com/opencontainers/distribution-spec).
 */
final class RegistryCalls {

	/** Everything that a tag may stand for. */
	static final String MANIFESTS = String.join(", ", "application/vnd.oci.image.index.v1+json",
			"application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.manifest.v1+json",
			"application/vnd.docker.distribution.manifest.v2+json");

	private static final int REDIRECTS = 5;

	private static final int SHOWN = 300;

	private final RegistryHosts hosts;

	private final HttpCalls http;

	private final RegistryAuth auth;

	RegistryCalls(RegistryHosts hosts, HttpCalls http) {
		this.hosts = hosts;
		this.http = http;
		this.auth = new RegistryAuth(hosts, http);
	}

	/**
	 * Calls the API of an image's registry.
	 * @param path after {@code /v2/<repository>/}
	 * @return the answer if its status is 200 or 404
	 * @throws RegistryException for every other status
	 */
	HttpResponse<byte[]> call(String method, ImageName image, String path) throws IOException {
		return call(method, image, uri(image, path));
	}

	/**
	 * The address of something in an image's repository.
	 */
	URI uri(ImageName image, String path) throws RegistryException {
		try {
			return this.hosts.uri(image.host(), "/v2/" + image.path() + "/" + path);
		}
		catch (IllegalArgumentException ex) {
			throw new RegistryException(image.host(), "'" + image.path() + "' is no repository's name", ex);
		}
	}

	/**
	 * Calls an address of an image's registry.
	 */
	HttpResponse<byte[]> call(String method, ImageName image, URI uri) throws IOException {
		return call(method, image, uri, HttpCalls.BODY_LIMIT);
	}

	/**
	 * Calls an address of an image's registry.
	 * @param limit how many bytes the answer may have
	 */
	HttpResponse<byte[]> call(String method, ImageName image, URI uri, long limit) throws IOException {
		String remembered = this.auth.remembered(image.host(), image.path());
		HttpResponse<byte[]> response = send(method, image, uri, remembered, limit);
		if (response.statusCode() == 401) {
			AuthChallenge challenge = AuthChallenge.parse(response.headers().allValues("WWW-Authenticate"));
			String answer = this.auth.answer(image.host(), image.path(), challenge);
			response = (answer != null) ? send(method, image, uri, answer, limit) : response;
		}
		if (response.statusCode() == 200 || response.statusCode() == 404) {
			return response;
		}
		throw refused(image, response);
	}

	private HttpResponse<byte[]> send(String method, ImageName image, URI uri, @Nullable String authorization,
			long limit) throws IOException {
		URI place = uri;
		for (int i = 0; i <= REDIRECTS; i++) {
			HttpRequest.Builder request = this.http.request(place)
				.method(method, HttpRequest.BodyPublishers.noBody())
				.header("Accept", MANIFESTS + ", */*;q=0.1");
			if (authorization != null && isSameOrigin(uri, place)) {
				request.header("Authorization", authorization);
			}
			HttpResponse<byte[]> response = this.http.send(image.host(), request.build(), limit);
			if (response.statusCode() < 300 || response.statusCode() >= 400) {
				return response;
			}
			place = redirect(image, uri, place, response);
		}
		throw new RegistryException(image.host(), 302, "it redirects more than " + REDIRECTS + " times");
	}

	private URI redirect(ImageName image, URI origin, URI from, HttpResponse<byte[]> response) throws IOException {
		String location = response.headers().firstValue("Location").orElse("");
		URI target;
		try {
			target = from.resolve(location);
		}
		catch (IllegalArgumentException ex) {
			throw new RegistryException(image.host(), "it redirects to no address", ex);
		}
		if (isSameOrigin(origin, target)) {
			return target;
		}
		if (target.getHost() == null || !this.hosts.isTrustedWithSecrets(target) || isInternal(target)) {
			throw new RegistryException(image.host(), response.statusCode(), "it redirects to " + target.getScheme()
					+ "://" + target.getRawAuthority() + ", where this client does not follow");
		}
		return target;
	}

	private static boolean isSameOrigin(URI one, URI other) {
		return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getRawAuthority() != null
				&& one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
	}

	/**
	 * A registry must not make this service call a cloud's metadata, nor its own machine
	 * unless the configuration lists that.
	 */
	private boolean isInternal(URI target) throws IOException {
		boolean listed = this.hosts.lists(target);
		for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
			if ((address.isLoopbackAddress() && !listed) || address.isLinkLocalAddress()
					|| address.isAnyLocalAddress()) {
				return true;
			}
		}
		return false;
	}

	private RegistryException refused(ImageName image, HttpResponse<byte[]> response) {
		int status = response.statusCode();
		String next = switch (status) {
			case 401, 403 -> "; check the registry's credentials in gennaker.registries";
			case 429 -> response.headers()
				.firstValue("Retry-After")
				.map((after) -> "; it wants to be asked again in " + after)
				.orElse("; it is asked too often");
			default -> "";
		};
		return new RegistryException(image.host(), status,
				"HTTP " + status + " for " + image.path() + reason(response) + next);
	}

	private static String reason(HttpResponse<byte[]> response) {
		String body = new String(response.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
		if (body.isEmpty()) {
			return "";
		}
		return ": " + ((body.length() > SHOWN) ? body.substring(0, SHOWN) + "…" : body);
	}

	JsonNode json(ImageName image, HttpResponse<byte[]> response) throws RegistryException {
		return this.http.json(image.host(), response);
	}

}
