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

	@QueryMethod
	ReleaseSnapshot snapshot();

}
