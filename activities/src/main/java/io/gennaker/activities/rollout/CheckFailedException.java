package io.gennaker.activities.rollout;

/**
 * A condition on an object that did not come true. The message says what the object was
 * like instead.
 */
final class CheckFailedException extends RuntimeException {

	CheckFailedException(String message) {
		super(message);
	}

}
