package io.gennaker.workflows.rollout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Takes one cluster to a release: group by group, each applied and then healthy. A child
 * of the release's workflow, on the cluster's task queue. Canceling it lets the object at
 * hand be finished; it then ends as {@code CANCELED}, saying what was done. It ends
 * normally in every case, so that the parent need not unwrap failures.
 */
@WorkflowInterface
public interface ClusterRolloutWorkflow {

	@WorkflowMethod(name = "ClusterRollout")
	RolloutResult roll(RolloutAssignment assignment);

}
