package io.gennaker.activities.bake.source;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A host that charts may be fetched from.
 *
 * @param host name and, where it is not the scheme's own, port
 * @param plainHttp whether it is spoken to without TLS
 * @param username sent to this host alone
 * @param password sent to this host alone
 */
public record ChartHost(String host, boolean plainHttp, @Nullable String username, @Nullable String password) {

	public ChartHost {
		host = host.toLowerCase(Locale.ROOT);
		if (host.isBlank() || host.contains("/")) {
			throw new IllegalArgumentException("'" + host + "' is not a host's name, perhaps with a port");
		}
	}

	@Override
	public String toString() {
		return "ChartHost[" + this.host + ", plainHttp=" + this.plainHttp + "]";
	}

}
