package io.gennaker.activities.rollout;

/**
 * A rollout whose place another one holds meanwhile. It changes nothing more.
 */
public final class StaleHolderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Refuses.
	 * @param message who holds the place, in words for people
	 */
	public StaleHolderException(String message) {
		super(message);
	}

}
