package io.gennaker.activities.rollout;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An API server that cannot answer now and may later.
 */
final class ApiOutage extends RuntimeException {

	private final @Nullable Duration retryAfter;

	private final boolean bounded;

	private final boolean credentials;

	ApiOutage(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
		this(message, retryAfter, cause, false, false);
	}

	private ApiOutage(String message, @Nullable Duration retryAfter, @Nullable Throwable cause, boolean bounded,
			boolean credentials) {
		super(message, cause);
		this.retryAfter = retryAfter;
		this.bounded = bounded;
		this.credentials = credentials;
	}

	/**
	 * A state of the cluster that should pass, and must not be waited for without end.
	 */
	static ApiOutage bounded(String message, Duration retryAfter) {
		return new ApiOutage(message, retryAfter, null, true, false);
	}

	/**
	 * A server that does not accept the credentials that it is given, and may accept
	 * those that are there after some time.
	 */
	static ApiOutage unauthorized(String message, Duration retryAfter) {
		return new ApiOutage(message, retryAfter, null, false, true);
	}

	/**
	 * Whether other credentials are needed.
	 */
	boolean needsCredentials() {
		return this.credentials;
	}

	/**
	 * Whether the rollout's timeout bounds the wait.
	 */
	boolean isBounded() {
		return this.bounded;
	}

	/**
	 * How long the server asks to wait; null where it says nothing.
	 */
	@Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
