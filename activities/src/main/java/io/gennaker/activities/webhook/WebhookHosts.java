package io.gennaker.activities.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The hosts that stages may speak to. Whoever writes a pipeline chooses addresses, so
 * none is spoken to that an operator has not listed, and a listed name must not lead to
 * this machine or to a cloud's metadata.
 */
public final class WebhookHosts {

	/** Where an operator lists them. */
	static final String SETTING = "gennaker.webhooks.allowed-hosts";

	private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.%]+]|localhost");

	private final Set<String> origins = new HashSet<>();

	/**
	 * Takes what an operator lists: {@code host} or {@code host:port} for TLS, or with
	 * {@code http://} before it for connections without.
	 * @throws IllegalArgumentException for what is no host
	 */
	public WebhookHosts(List<String> allowed) {
		for (String entry : allowed) {
			URI uri = parse(entry.contains("://") ? entry : "https://" + entry);
			boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
			if (uri.getHost() == null || !bare) {
				throw new IllegalArgumentException(SETTING + " lists '" + entry
						+ "', which is no host such as hooks.example.com or http://10.0.0.5:8080");
			}
			this.origins.add(origin(uri));
		}
	}

	private static URI parse(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(SETTING + " lists '" + text + "', which is no host", ex);
		}
	}

	/**
	 * The address, if it may be spoken to. Its host's name is looked up here, and the
	 * connection that follows at once uses that answer, which the JVM keeps.
	 * @throws WebhookRefusedException if it may not
	 * @throws UnknownHostException if its name is not found now
	 */
	URI require(String url) throws UnknownHostException {
		URI uri;
		try {
			uri = URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			throw new WebhookRefusedException("The stage's url is here no address");
		}
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		if (uri.getHost() == null || uri.getRawUserInfo() != null || !Set.of("http", "https").contains(scheme)) {
			throw new WebhookRefusedException(
					"The stage's url is here not an address of a host that begins with https://");
		}
		if (!this.origins.contains(origin(uri))) {
			String shown = scheme.equals("https") ? origin(uri).substring("https://".length()) : origin(uri);
			throw new WebhookRefusedException(
					"Webhooks may not go to " + origin(uri) + ": an operator can add '" + shown + "' to " + SETTING);
		}
		check(uri.getHost());
		return uri;
	}

	private static String origin(URI uri) {
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		int port = (uri.getPort() >= 0) ? uri.getPort() : scheme.equals("https") ? 443 : 80;
		boolean own = port == (scheme.equals("https") ? 443 : 80);
		return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (own ? "" : ":" + port);
	}

	/** What is listed by its address is meant; a name may have come to lead elsewhere. */
	private static void check(String host) throws UnknownHostException {
		for (InetAddress address : InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""))) {
			boolean ours = address.isLoopbackAddress() || address.isLinkLocalAddress();
			if ((ours && !ADDRESS.matcher(host).matches()) || address.isAnyLocalAddress()
					|| address.isMulticastAddress()) {
				throw new WebhookRefusedException("Webhooks may not go to " + host + ": its address is "
						+ address.getHostAddress() + ", which an operator must list itself in " + SETTING);
			}
		}
	}

}
