package io.gennaker.web.security;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Somebody tried too many passwords; further ones are not even looked at for a while.
 */
final class TooManyAttemptsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	TooManyAttemptsException(Duration retryAfter) {
		super("Too many failed attempts to sign in");
		this.retryAfter = retryAfter;
	}

	long retryAfterSeconds() {
		return Math.max(1, this.retryAfter.plusMillis(999).toSeconds());
	}

}
