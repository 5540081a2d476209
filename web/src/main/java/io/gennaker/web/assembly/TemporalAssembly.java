package io.gennaker.web.assembly;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.settings.TemporalProperties;
import io.gennaker.web.temporal.TemporalConnection;
import io.gennaker.web.temporal.TemporalEndpoint;
import io.gennaker.web.temporal.TemporalHealth;
import io.gennaker.web.temporal.TemporalReleaseEngine;
import io.gennaker.web.temporal.TemporalWorkers;
import io.gennaker.web.temporal.TemporalWorkers.WorkerQueue;
import io.gennaker.workflows.bake.BakeActivities;
import io.gennaker.workflows.binding.BindingActivities;
import io.gennaker.workflows.child.ChildActivities;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.lock.LockActivities;
import io.gennaker.workflows.operation.OperationActivities;
import io.gennaker.workflows.rollback.RollbackActivities;
import io.gennaker.workflows.release.ConditionActivities;
import io.gennaker.workflows.rollout.RolloutActivities;
import io.gennaker.workflows.temporal.TaskQueues;
import io.gennaker.workflows.webhook.WebhookActivities;
import io.gennaker.workflows.worker.WorkflowTypes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The connection to Temporal and who serves which task queue.
 */
@Configuration(proxyBeanMethods = false)
class TemporalAssembly {

	/** Polls per queue, for workflows and activities each. */
	private static final int CENTRAL_POLLERS = 5;

	/**
	 * The least that the SDK allows: a cluster does little, and there may be hundreds.
	 */
	private static final int CLUSTER_POLLERS = 2;

	@Bean
	TemporalConnection temporalConnection(TemporalEndpoint endpoint, Clock clock) {
		return new TemporalConnection(endpoint, clock);
	}

	@Bean
	TemporalHealth temporalHealthIndicator(TemporalConnection connection) {
		return new TemporalHealth(connection);
	}

	@Bean
	TemporalReleaseEngine releaseEngine(TemporalConnection connection) {
		return new TemporalReleaseEngine(connection);
	}

	@Bean
	TemporalWorkers temporalWorkers(TemporalConnection connection, TemporalProperties properties, Inventory inventory,
			CentralActivities central, RolloutActivities rollouts, OperationActivities operations) {
		List<WorkerQueue> queues = new ArrayList<>();
		if (properties.startWorkers()) {
			queues.add(new WorkerQueue(TaskQueues.CENTRAL, WorkflowTypes.CENTRAL, central.all(), CENTRAL_POLLERS));
			for (Cluster cluster : inventory.clusters()) {
				queues.add(new WorkerQueue(TaskQueues.cluster(cluster.name()), WorkflowTypes.CLUSTER,
						List.of(rollouts, operations), CLUSTER_POLLERS));
			}
		}
		return new TemporalWorkers(connection, queues);
	}

	@Bean
	CentralActivities centralActivities(BindingActivities binding, BakeActivities bake, ConditionActivities conditions,
			GateActivities gates, RollbackActivities rollback, LockActivities locks, WebhookActivities webhooks,
			ChildActivities children, JournalActivities journal) {
		return new CentralActivities(
				List.of(binding, bake, conditions, gates, rollback, locks, webhooks, children, journal));
	}

	/**
	 * What the central task queue serves.
	 */
	record CentralActivities(List<Object> all) {
	}

}
