package io.gennaker.activities.rollout;

/**
 * An API server's answer that stays the same however often one asks.
 */
final class ApiRefusal extends RuntimeException {

	private final int code;

	ApiRefusal(int code, String words) {
		super(words);
		this.code = code;
	}

	/**
	 * The HTTP status.
	 */
	int code() {
		return this.code;
	}

	/**
	 * The server's own words, never null.
	 */
	String words() {
		return String.valueOf(getMessage());
	}

}
