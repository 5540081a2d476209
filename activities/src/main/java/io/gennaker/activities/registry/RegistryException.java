package io.gennaker.activities.registry;

import java.io.IOException;

/**
 * A registry that does not answer, or refuses.
 */
public final class RegistryException extends IOException {

	private static final long serialVersionUID = 1L;

	private final String host;

	private final int status;

	RegistryException(String host, int status, String message) {
		super(host + ": " + message);
		this.host = host;
		this.status = status;
	}

	RegistryException(String host, String message, Throwable cause) {
		super(host + ": " + message, cause);
		this.host = host;
		this.status = 0;
	}

	/**
	 * The registry's host.
	 */
	public String host() {
		return this.host;
	}

	/**
	 * The HTTP status, or 0 if there was no answer.
	 */
	public int status() {
		return this.status;
	}

}
