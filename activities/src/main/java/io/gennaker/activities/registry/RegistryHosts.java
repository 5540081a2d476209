package io.gennaker.activities.registry;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.image.ImageName;

/**
 * How each registry's host is reached: by HTTPS and without credentials, unless the
 * configuration says otherwise.
 */
final class RegistryHosts {

	private static final String DOCKER_HUB = "docker.io";

	private static final String DOCKER_HUB_API = "registry-1.docker.io";

	private final Map<String, RegistryHost> hosts = new HashMap<>();

	RegistryHosts(List<RegistryHost> hosts) {
		hosts.forEach((host) -> this.hosts.put(key(host.host()), host));
	}

	private static String key(String host) {
		return ImageName.parse(host.toLowerCase(Locale.ROOT) + "/any/name").host();
	}

	/**
	 * Whether the configuration lists a host.
	 */
	boolean knows(String name) {
		return this.hosts.containsKey(key(name));
	}

	/**
	 * What is configured for a host, or the defaults.
	 */
	RegistryHost host(String name) {
		return this.hosts.getOrDefault(key(name), new RegistryHost(name, false, null, null));
	}

	/**
	 * Where a host's API is.
	 * @param path begins with {@code /v2/}
	 */
	URI uri(String host, String path) {
		RegistryHost configured = host(host);
		String scheme = configured.plainHttp() ? "http" : "https";
		String address = Objects.requireNonNullElse(configured.address(),
				host.equals(DOCKER_HUB) ? DOCKER_HUB_API : host);
		return URI.create(scheme + "://" + address + path);
	}

	/**
	 * Whether something secret may be sent there: by HTTPS, or to a host which the
	 * configuration excepts from it.
	 */
	boolean isTrustedWithSecrets(URI uri) {
		if ("https".equalsIgnoreCase(uri.getScheme())) {
			return true;
		}
		return "http".equalsIgnoreCase(uri.getScheme())
				&& this.hosts.values().stream().anyMatch((host) -> host.plainHttp() && isAt(host, uri));
	}

	/**
	 * Whether the configuration lists the host of an address.
	 */
	boolean lists(URI uri) {
		return this.hosts.values().stream().anyMatch((host) -> isAt(host, uri));
	}

	private static boolean isAt(RegistryHost host, URI uri) {
		return uri.getRawAuthority().equalsIgnoreCase(Objects.requireNonNullElse(host.address(), host.host()));
	}

}
