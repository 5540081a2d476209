package io.gennaker.workflows.gate;

/**
 * What decisions amount to for a gate.
 *
 * @param outcome where the gate stands
 * @param by who made the decision that counted
 * @param reason that person's words, perhaps empty
 * @param missing how many approvals are still needed
 */
public record GateVerdict(Outcome outcome, String by, String reason, int missing) {

	/**
	 * Where a gate stands.
	 */
	public enum Outcome {

		/** Enough people approved. */
		APPROVED,
		/** Somebody rejected. */
		REJECTED,
		/** The decision counts, and more are needed. */
		MORE_NEEDED,
		/** The decision does not count. */
		REFUSED

	}

}
