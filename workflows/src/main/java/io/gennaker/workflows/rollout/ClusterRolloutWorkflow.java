package io.gennaker.workflows.rollout;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Takes one cluster to a release: group by group, each applied and then healthy. A child
 * of the release's workflow, on the cluster's task queue. It ends normally in every case,
 * so that the parent need not unwrap failures.
 */
@WorkflowInterface
public interface ClusterRolloutWorkflow {

	@WorkflowMethod(name = "ClusterRollout")
	RolloutResult roll(RolloutAssignment assignment);

	/**
	 * Lets the object at hand be finished and goes no further; the result then is
	 * {@code CANCELED} and says what was done. A signal, because a workflow that is
	 * canceled by Temporal's own means has no result.
	 * @param reason why, in words for people
	 */
	@SignalMethod
	void stop(String reason);

	/**
	 * Tries the step at hand again at once, where it waits because the cluster does not
	 * answer. The rollout's time goes on.
	 */
	@SignalMethod
	void tryNow();

}
