package io.gennaker.web.api;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Something that the answer needs cannot be reached now: 503.
 */
public class UnavailableException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private static final Duration SOON = Duration.ofSeconds(5);

	/**
	 * Says what cannot be reached.
	 */
	public UnavailableException(String detail, @Nullable Throwable cause) {
		super(Problem.UNAVAILABLE, detail, cause);
	}

	@Override
	public Duration retryAfter() {
		return SOON;
	}

}
