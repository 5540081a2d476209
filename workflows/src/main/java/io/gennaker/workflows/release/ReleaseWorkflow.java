package io.gennaker.workflows.release;

import io.gennaker.workflows.gate.DecisionNotice;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One execution of a pipeline. It binds the artifacts, then walks the stage graph; each
 * stage starts when what it needs has ended well. It ends normally in every case: how
 * stands in its result and in the journal.
 */
@WorkflowInterface
public interface ReleaseWorkflow {

	@WorkflowMethod(name = "Release")
	ReleaseResult run(ReleaseRequest request);

	/**
	 * Takes note of a decision, has it weighed and lets the gate go on accordingly.
	 * Refused where the stage is not a gate that waits.
	 */
	@UpdateMethod
	void decide(DecisionNotice notice);

	@UpdateValidatorMethod(updateName = "decide")
	void validateDecide(DecisionNotice notice);

	/**
	 * From now on no stage, wave or cluster starts; what is under way goes on.
	 */
	@UpdateMethod
	void pause(Steering steering);

	@UpdateValidatorMethod(updateName = "pause")
	void validatePause(Steering steering);

	/**
	 * Goes on after a pause.
	 */
	@UpdateMethod
	void resume(Steering steering);

	@UpdateValidatorMethod(updateName = "resume")
	void validateResume(Steering steering);

	/**
	 * Ends the execution: nothing more starts, rollouts under way finish the object at
	 * hand and stop.
	 */
	@UpdateMethod
	void cancel(Steering steering);

	@UpdateValidatorMethod(updateName = "cancel")
	void validateCancel(Steering steering);

	/**
	 * Tries a cluster of a deploy again: one that failed gets another rollout, once it is
	 * back where that is asked for; one that is under way and does not answer is tried at
	 * once, and so is its way back when asked for once more. Refused where there is
	 * nothing to try.
	 */
	@UpdateMethod
	void retryCluster(ClusterSteering steering);

	@UpdateValidatorMethod(updateName = "retryCluster")
	void validateRetryCluster(ClusterSteering steering);

	/**
	 * Leaves a cluster of a deploy out: one that has not started never will, one under
	 * way stops after the object at hand, one that failed no longer counts.
	 */
	@UpdateMethod
	void skipCluster(ClusterSteering steering);

	@UpdateValidatorMethod(updateName = "skipCluster")
	void validateSkipCluster(ClusterSteering steering);

	/**
	 * Lets a deploy fail that waits, beyond its failure budget, for a person's word.
	 */
	@UpdateMethod
	void giveUp(StageSteering steering);

	@UpdateValidatorMethod(updateName = "giveUp")
	void validateGiveUp(StageSteering steering);

	@QueryMethod
	ReleaseSnapshot snapshot();

}
