package io.gennaker.workflows.temporal;

/**
 * The names of task queues and workflow ids.
 */
public final class TaskQueues {

	/** Served by the central service alone. */
	public static final String CENTRAL = "gennaker";

	private TaskQueues() {
	}

	/**
	 * The queue of one cluster, served by whoever reaches its API server.
	 */
	public static String cluster(String name) {
		return "gennaker-cluster-" + name;
	}

	/**
	 * The id of an execution's workflow.
	 */
	public static String releaseWorkflowId(String executionId) {
		return "release-" + executionId;
	}

	/**
	 * The id of the workflow that takes one cluster to a release in a deploy stage.
	 */
	public static String rolloutWorkflowId(String executionId, String stageId, String cluster) {
		return releaseWorkflowId(executionId) + "/" + stageId + "/" + cluster;
	}

	/**
	 * The same for one of several attempts, of which the first has no number.
	 */
	public static String rolloutWorkflowId(String executionId, String stageId, String cluster, int attempt) {
		return numbered(rolloutWorkflowId(executionId, stageId, cluster), attempt);
	}

	/**
	 * The id of the workflow that takes one cluster back to what ran there before a
	 * deploy stage.
	 * @param attempt of the rollout that is taken back, from 1
	 */
	public static String rollbackWorkflowId(String executionId, String stageId, String cluster, int attempt) {
		return numbered(rolloutWorkflowId(executionId, stageId, cluster) + "/back", attempt);
	}

	private static String numbered(String id, int attempt) {
		return (attempt > 1) ? id + "/attempt-" + attempt : id;
	}

}
