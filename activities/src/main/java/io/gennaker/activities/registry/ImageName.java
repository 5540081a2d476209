package io.gennaker.activities.registry;

/**
 * An image's reference, taken apart, with what Docker leaves out added: {@code nginx:1}
 * is {@code docker.io/library/nginx} with the tag {@code 1}.
 *
 * @param host the registry's host, with port if it has one
 * @param path the repository's path at that host
 * @param tag the tag, perhaps empty
 * @param digest {@code sha256:…}, perhaps empty
 */
public record ImageName(String host, String path, String tag, String digest) {

	private static final String DOCKER_HUB = "docker.io";

	/**
	 * Takes a reference apart. Anything can be taken apart; whether a registry has it is
	 * another question.
	 */
	public static ImageName parse(String reference) {
		String rest = reference.strip();
		String digest = "";
		int at = rest.indexOf('@');
		if (at >= 0) {
			digest = rest.substring(at + 1);
			rest = rest.substring(0, at);
		}
		String tag = "";
		int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
		if (colon >= 0) {
			tag = rest.substring(colon + 1);
			rest = rest.substring(0, colon);
		}
		int slash = rest.indexOf('/');
		String first = (slash >= 0) ? rest.substring(0, slash) : "";
		boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
		String host = named ? first : DOCKER_HUB;
		String path = named ? rest.substring(slash + 1) : rest;
		if (host.equals("index.docker.io") || host.equals("registry-1.docker.io")) {
			host = DOCKER_HUB;
		}
		if (host.equals(DOCKER_HUB) && !path.contains("/")) {
			path = "library/" + path;
		}
		return new ImageName(host, path, tag, digest);
	}

	/**
	 * Host and path, the same for all ways to write one repository.
	 */
	public String repository() {
		return this.host + "/" + this.path;
	}

}
