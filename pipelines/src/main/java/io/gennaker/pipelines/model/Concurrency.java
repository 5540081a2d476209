package io.gennaker.pipelines.model;

/**
 * How many executions of a pipeline may run at once, and what becomes of one more.
 *
 * @param limit at least 1
 */
public record Concurrency(int limit, WhenBusy whenBusy) {

	/** What a pipeline has that says nothing. */
	public static final Concurrency DEFAULT = new Concurrency(1, WhenBusy.QUEUE);

	public Concurrency {
		if (limit < 1) {
			throw new IllegalArgumentException("limit must be at least 1, not " + limit);
		}
	}

	/**
	 * What becomes of an execution that finds the limit reached.
	 */
	public enum WhenBusy {

		/** It waits behind those that wait already. */
		QUEUE,
		/** It waits, and those that wait already are canceled. */
		REPLACE_WAITING,
		/** It is refused. */
		REJECT

	}

}
