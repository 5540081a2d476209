package io.gennaker.activities.rollout;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An API server that cannot answer now and may later.
 */
final class ApiOutage extends RuntimeException {

	private final @Nullable Duration retryAfter;

	private final boolean bounded;

	ApiOutage(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
		this(message, retryAfter, cause, false);
	}

	private ApiOutage(String message, @Nullable Duration retryAfter, @Nullable Throwable cause, boolean bounded) {
		super(message, cause);
		this.retryAfter = retryAfter;
		this.bounded = bounded;
	}

	/**
	 * A state of the cluster that should pass, and must not be waited for without end.
	 */
	static ApiOutage bounded(String message, Duration retryAfter) {
		return new ApiOutage(message, retryAfter, null, true);
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
