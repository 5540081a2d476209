package io.gennaker.pipelines.image;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An image's reference, taken apart, with what Docker leaves out added: {@code nginx:1}
 * is {@code docker.io/library/nginx} with the tag {@code 1}. Two spellings of one
 * repository have the same host and path.
 *
 * @param host the registry's host in lower case, with its port unless that is 443
 * @param path the repository's path at that host
 * @param tag the tag, perhaps empty
 * @param digest {@code sha256:…}, perhaps empty
 * @see <a href= "https://github.com/distribution/reference/blob/main/normalize.go">how
 * Docker reads names</a>
 */
public record ImageName(String host, String path, String tag, String digest) {

	private static final String DOCKER_HUB = "docker.io";

	private static final Set<String> DOCKER_HUB_HOSTS = Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io",
			"registry.hub.docker.com");

	private static final String TLS_PORT = ":443";

	private static final String HOST_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";

	private static final Pattern HOST = Pattern.compile(HOST_LABEL + "(?:\\." + HOST_LABEL + ")*(?::\\d{1,5})?");

	private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

	private static final Pattern PATH = Pattern.compile(PATH_PART + "(?:/" + PATH_PART + ")*");

	private static final int LONGEST = 255;

	public ImageName {
		host = host.toLowerCase(Locale.ROOT);
		if (host.endsWith(TLS_PORT)) {
			host = host.substring(0, host.length() - TLS_PORT.length());
		}
		if (DOCKER_HUB_HOSTS.contains(host)) {
			host = DOCKER_HUB;
			path = path.contains("/") ? path : "library/" + path;
		}
	}

	/**
	 * A repository at a registry.
	 */
	public ImageName(String host, String path) {
		this(host, path, "", "");
	}

	/**
	 * A repository of Docker Hub.
	 */
	public static ImageName ofDockerHub(String path) {
		return new ImageName(DOCKER_HUB, path);
	}

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
		return isHost(first) ? new ImageName(first, rest.substring(slash + 1), tag, digest)
				: new ImageName(DOCKER_HUB, rest, tag, digest);
	}

	/** A path has no capitals, so what has some is a host. */
	private static boolean isHost(String first) {
		return first.contains(".") || first.contains(":") || first.equals("localhost")
				|| !first.equals(first.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether host and path are such as a registry can have.
	 */
	public boolean isValid() {
		return repository().length() <= LONGEST && HOST.matcher(this.host).matches()
				&& PATH.matcher(this.path).matches();
	}

	/**
	 * Whether a text names its registry, and does not leave Docker Hub to be guessed.
	 */
	public static boolean namesItsRegistry(String reference) {
		int slash = reference.indexOf('/');
		return slash > 0 && isHost(reference.substring(0, slash));
	}

	/**
	 * A reference without tag and digest, in the spelling that it has.
	 */
	public static String repositoryAsWritten(String reference) {
		String rest = reference.strip();
		int at = rest.indexOf('@');
		rest = (at >= 0) ? rest.substring(0, at) : rest;
		int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
		return (colon >= 0) ? rest.substring(0, colon) : rest;
	}

	/**
	 * Host and path, the same for all ways to write one repository.
	 */
	public String repository() {
		return this.host + "/" + this.path;
	}

}
