package io.gennaker.workflows.worker;

import java.util.List;

import io.gennaker.workflows.release.StageGraphRelease;
import io.gennaker.workflows.rollout.ClusterRollout;

/**
 * What a worker of each kind of task queue must serve. Clients and workers share
 * {@link io.gennaker.workflows.temporal.PayloadConverters#dataConverter()}.
 */
public final class WorkflowTypes {

	/**
	 * The workflows of {@link io.gennaker.workflows.temporal.TaskQueues#CENTRAL}. Served
	 * with them: {@link io.gennaker.workflows.binding.BindingActivities},
	 * {@link io.gennaker.workflows.bake.BakeActivities},
	 * {@link io.gennaker.workflows.release.ConditionActivities},
	 * {@link io.gennaker.workflows.gate.GateActivities},
	 * {@link io.gennaker.workflows.lock.LockActivities},
	 * {@link io.gennaker.workflows.rollback.RollbackActivities},
	 * {@link io.gennaker.workflows.webhook.WebhookActivities},
	 * {@link io.gennaker.workflows.child.ChildActivities} and
	 * {@link io.gennaker.workflows.journal.JournalActivities}.
	 */
	public static final List<Class<?>> CENTRAL = List.of(StageGraphRelease.class);

	/**
	 * The workflows of a cluster's queue
	 * ({@link io.gennaker.workflows.temporal.TaskQueues#cluster(String)}). Served with
	 * them: {@link io.gennaker.workflows.rollout.RolloutActivities} and
	 * {@link io.gennaker.workflows.operation.OperationActivities}.
	 */
	public static final List<Class<?>> CLUSTER = List.of(ClusterRollout.class);

	private WorkflowTypes() {
	}

}
