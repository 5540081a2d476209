package io.gennaker.web.sandbox.registry;

/**
 * A refusal in the words of the distribution specification.
 */
final class RegistryException extends RuntimeException {

	private final int status;

	private final String code;

	RegistryException(int status, String code, String message) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

}
