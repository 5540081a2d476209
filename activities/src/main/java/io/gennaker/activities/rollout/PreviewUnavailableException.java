package io.gennaker.activities.rollout;

/**
 * It cannot be told what a release would change: the cluster does not answer, or the
 * manifests cannot be read. The message says which, in words for people.
 */
public final class PreviewUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says why.
	 */
	public PreviewUnavailableException(String message) {
		super(message);
	}

	PreviewUnavailableException(Throwable cause) {
		super(cause.getMessage(), cause);
	}

}
