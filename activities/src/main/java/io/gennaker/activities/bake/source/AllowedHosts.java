package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * The hosts that one setting lists. Charts come from no other, however a pipeline, an
 * index or a redirect names it.
 */
final class AllowedHosts {

	private final String setting;

	private final Map<String, ChartHost> hosts = new HashMap<>();

	/**
	 * The hosts of a setting.
	 * @param setting its name, for messages
	 */
	AllowedHosts(String setting, List<ChartHost> hosts) {
		this.setting = setting;
		hosts
			.forEach((host) -> this.hosts.put(host.host().replaceFirst(host.plainHttp() ? ":80$" : ":443$", ""), host));
	}

	String setting() {
		return this.setting;
	}

	/**
	 * The host of an address, if it may be spoken to in this way.
	 * @param source whose chart is wanted, for messages
	 * @throws BakeRefusedException if it may not
	 * @throws SourceUnavailableException if its name is not found now
	 */
	ChartHost require(String source, URI uri) throws IOException {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (uri.getHost() == null || uri.getRawUserInfo() != null
				|| !(scheme.equals("https") || scheme.equals("http"))) {
			throw new BakeRefusedException(source + ": " + shown(uri) + " is not an address that begins with https://");
		}
		String authority = authority(uri, scheme);
		ChartHost host = this.hosts.get(authority);
		if (host == null) {
			throw new BakeRefusedException(source + ": " + authority
					+ " is not a host that charts may come from; an operator can list it under " + this.setting);
		}
		if (scheme.equals("http") && !host.plainHttp()) {
			throw new BakeRefusedException(source + ": " + authority + " is not spoken to without TLS; use https://, or"
					+ " let an operator set plain-http for it under " + this.setting);
		}
		checkAddress(source, uri.getHost());
		return host;
	}

	private static String authority(URI uri, String scheme) {
		int own = scheme.equals("https") ? 443 : 80;
		String host = uri.getHost().toLowerCase(Locale.ROOT);
		return (uri.getPort() < 0 || uri.getPort() == own) ? host : host + ":" + uri.getPort();
	}

	/** Only what cannot hold a secret. */
	private static String shown(URI uri) {
		return "'" + uri.getScheme() + "://" + uri.getHost() + "/…'";
	}

	/**
	 * Refuses a host whose name leads to a cloud's metadata, or, unless that is what it
	 * is called, to this machine.
	 */
	static void checkAddress(String source, String host) throws IOException {
		String name = host.replaceAll("[\\[\\]]", "");
		try {
			for (InetAddress address : InetAddress.getAllByName(name)) {
				boolean here = address.isLoopbackAddress() && !isLoopbackName(name);
				if (here || address.isLinkLocalAddress() || address.isAnyLocalAddress()
						|| address.isMulticastAddress()) {
					throw new BakeRefusedException(source + ": " + host + " has the address " + address.getHostAddress()
							+ ", where charts are never fetched");
				}
			}
		}
		catch (UnknownHostException ex) {
			throw new SourceUnavailableException(source + ": there is no address for the host " + host, ex);
		}
	}

	private static boolean isLoopbackName(String name) {
		return name.equals("localhost") || name.matches("127(\\.\\d{1,3}){3}") || name.equals("::1");
	}

}
