package io.gennaker.workflows.rollout;

import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;

/**
 * Why a rollout takes a cluster back to what ran there before, and how its end is told: a
 * cluster that went back did not get what the stage brings, however well it went.
 *
 * @param to the execution whose release comes back, such as {@code classroom #12}
 * @param why what became of the release that is taken back
 * @param end {@link Status#FAILED} for a cluster that failed, {@link Status#CANCELED} for
 * one that goes back for another's sake
 */
public record Restoration(String to, String why, Status end) {

	/**
	 * A step, in words.
	 */
	String step(String message) {
		return Words.because("goes back to " + this.to, message);
	}

	/**
	 * How it ended, in words.
	 */
	String told(RolloutResult result) {
		return (result.status() == Status.SUCCEEDED) ? this.why + ". Went back to " + this.to
				: this.why + ". Could not go back to " + this.to + ": " + result.cause();
	}

}
