package io.gennaker.pipelines.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What holds for executions that take the pipeline's clusters back.
 *
 * @param approval who must agree before anything goes back; null for nobody
 */
public record RollbackRules(@Nullable Approval approval) {

	/** What a pipeline has that says nothing: whoever may start may take back. */
	public static final RollbackRules NONE = new RollbackRules(null);

	/**
	 * A gate before the first cluster.
	 *
	 * @param approvers who may decide
	 * @param count how many different people must approve
	 * @param selfApproval whether who started the rollback may approve
	 * @param timeout how long the gate waits; null for no limit
	 */
	public record Approval(Stage.Approvers approvers, int count, boolean selfApproval, @Nullable Duration timeout) {
		public Approval {
			if (count < 1) {
				throw new IllegalArgumentException("count must be at least 1, not " + count);
			}
		}
	}

}
