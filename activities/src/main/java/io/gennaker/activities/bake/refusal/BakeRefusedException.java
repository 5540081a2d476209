package io.gennaker.activities.bake.refusal;

/**
 * A chart, values or manifests that cannot be baked however often one tries. The message
 * says what, where and what to do.
 */
public final class BakeRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public BakeRefusedException(String message) {
		super(message);
	}

	public BakeRefusedException(String message, Throwable cause) {
		super(message, cause);
	}

}
