package io.gennaker.activities.rollout.manifest;

/**
 * Manifests that cannot be rolled out, whatever is tried again. The message names the
 * object and says what to change.
 */
public final class ManifestException extends RuntimeException {

	public ManifestException(String message) {
		super(message);
	}

	public ManifestException(String message, Throwable cause) {
		super(message, cause);
	}

}
