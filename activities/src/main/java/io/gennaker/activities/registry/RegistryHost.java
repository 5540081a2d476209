package io.gennaker.activities.registry;

import org.jspecify.annotations.Nullable;

/**
 * How a registry's host is spoken to.
 *
 * @param host name and, where it is not the scheme's own, port
 * @param plainHttp whether it is spoken to without TLS
 * @param username for the registry or its token service
 * @param password for the registry or its token service
 * @param address host and port where it is really reached; null for its own name
 */
public record RegistryHost(String host, boolean plainHttp, @Nullable String username, @Nullable String password,
		@Nullable String address) {

	public RegistryHost(String host, boolean plainHttp, @Nullable String username, @Nullable String password) {
		this(host, plainHttp, username, password, null);
	}

	@Override
	public String toString() {
		return "RegistryHost[" + this.host + ", plainHttp=" + this.plainHttp + "]";
	}

}
