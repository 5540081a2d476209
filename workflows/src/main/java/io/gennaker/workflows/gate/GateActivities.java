package io.gennaker.workflows.gate;

import io.temporal.activity.ActivityInterface;

/**
 * Gates as the service's database knows them.
 */
@ActivityInterface(namePrefix = "Gate")
public interface GateActivities {

	/**
	 * Opens a gate: from now on decisions may be written. Opening it again changes
	 * nothing.
	 */
	void open(GateOpening opening);

	/**
	 * Re-reads a decision and authorises it anew: role, approvers, self-approval, one
	 * voice per person. Gives the gate's standing after it; repeating it gives the same.
	 * @param executionId the execution
	 * @param notice which decision of which gate
	 */
	GateVerdict weigh(String executionId, DecisionNotice notice);

	/**
	 * Closes a gate: decisions are refused from now on.
	 * @param executionId the execution
	 * @param stageId the gate
	 * @param how why it closed, such as {@code approved by kim} or {@code timed out}
	 */
	void close(String executionId, String stageId, String how);

}
