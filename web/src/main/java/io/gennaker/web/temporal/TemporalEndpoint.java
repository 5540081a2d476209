package io.gennaker.web.temporal;

/**
 * Where Temporal is.
 *
 * @param target host and port
 * @param namespace the namespace that everything runs in
 * @param keptBy what keeps its state, and what a restart of this service does to it
 * @param survivesRestart whether executions under way survive a restart of this service
 */
public record TemporalEndpoint(String target, String namespace, KeptBy keptBy, boolean survivesRestart) {

	/**
	 * What keeps Temporal's state.
	 */
	public enum KeptBy {

		/** A Temporal of the operator's. */
		OPERATOR,
		/** The {@code temporal} program, in a database file under the home folder. */
		PROGRAM,
		/** Nothing: it runs in this process. */
		PROCESS

	}

}
