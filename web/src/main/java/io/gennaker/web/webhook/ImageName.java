package io.gennaker.web.webhook;

import java.util.Locale;
import java.util.Set;

/**
 * An image's repository in full.
 *
 * @param host the registry's host, with its port unless that is 443
 * @param path the repository on it
 */
record ImageName(String host, String path) {

	private static final String DOCKER_HUB = "docker.io";

	private static final Set<String> DOCKER_HUB_HOSTS = Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io");

	ImageName {
		host = host.toLowerCase(Locale.ROOT);
		if (host.endsWith(":443")) {
			host = host.substring(0, host.length() - ":443".length());
		}
		if (DOCKER_HUB_HOSTS.contains(host)) {
			host = DOCKER_HUB;
			path = path.contains("/") ? path : "library/" + path;
		}
	}

	/**
	 * Reads a repository as people write it: what stands before the first slash is a host
	 * where it has a dot or a colon or is {@code localhost}; else it is Docker Hub's.
	 */
	static ImageName parse(String image) {
		int slash = image.indexOf('/');
		String first = (slash > 0) ? image.substring(0, slash) : "";
		boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
		return host ? new ImageName(first, image.substring(slash + 1)) : ofDockerHub(image);
	}

	static ImageName ofDockerHub(String path) {
		return new ImageName(DOCKER_HUB, path);
	}

	@Override
	public String toString() {
		return this.host + "/" + this.path;
	}

}
