package io.gennaker.activities.rollout;

/**
 * An object that will not become healthy. The message says why, with the pods' own words.
 */
final class UnhealthyException extends RuntimeException {

	UnhealthyException(String message) {
		super(message);
	}

}
