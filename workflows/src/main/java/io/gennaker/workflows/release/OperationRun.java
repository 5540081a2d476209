package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.operation.OperationActivities;
import io.gennaker.workflows.operation.OperationRequest;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;

/**
 * A stage that does something to objects in each cluster of a target, each on the
 * cluster's own task queue.
 */
final class OperationRun {

	/** For a cluster of a stage that gives no time-out. */
	private static final Duration TIMEOUT = Duration.ofHours(1);

	/** Of an attempt: a worker that was silent for longer is taken for dead. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(20);

	private static final Duration TO_EXPLAIN = Duration.ofSeconds(15);

	private final Stage.Operation stage;

	private final StageStanding standing;

	private final ReleaseState state;

	OperationRun(Stage.Operation stage, StageStanding standing, ReleaseState state) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
	}

	StageOutcome run() {
		List<Cluster> clusters = this.state.clusters(this.stage.target());
		if (clusters.isEmpty()) {
			return StageOutcome.skipped("the execution goes to no cluster of target '" + this.stage.target() + "'");
		}
		return new EachCluster(this.standing, this.state, clusters, this.stage.maxParallel())
			.run(doing(this.stage.operation()), this::operate);
	}

	private static String doing(ClusterOperation operation) {
		return switch (operation) {
			case ClusterOperation.Restart restart -> "restarts " + restart.objects().title();
			case ClusterOperation.Scale scale -> "scales " + scale.objects().title();
			case ClusterOperation.Check check -> "checks " + check.object().title();
			case ClusterOperation.RunJob _ -> "runs a job";
			case ClusterOperation.Patch patch -> "patches " + patch.object().title();
			case ClusterOperation.Delete delete -> "deletes " + delete.objects().title();
		};
	}

	private String operate(Cluster cluster) {
		ReleaseRequest request = this.state.request();
		return activities(cluster)
			.operate(new OperationRequest(request.executionId(), this.stage.id(), request.pipeline().name(),
					request.revisionId(), cluster, this.state.target(this.stage.target()).namespace(),
					this.stage.operation(), this.state.bindings().in(cluster.name()), this.state.context(),
					timeout().minus(toExplain())))
			.summary();
	}

	private Duration timeout() {
		return Objects.requireNonNullElse(this.stage.options().timeout(), TIMEOUT);
	}

	/** Before the stage is timed out, the operation says what it waited for. */
	private Duration toExplain() {
		Duration tenth = timeout().dividedBy(10);
		return (tenth.compareTo(TO_EXPLAIN) < 0) ? tenth : TO_EXPLAIN;
	}

	/**
	 * The time-out spans all attempts, and the wait for a worker of the cluster's. It is
	 * the stage's own that ends the activity, by canceling it.
	 */
	private OperationActivities activities(Cluster cluster) {
		return Workflow.newActivityStub(OperationActivities.class,
				ActivityOptions.newBuilder()
					.setTaskQueue(TaskQueues.cluster(cluster.name()))
					.setScheduleToCloseTimeout(timeout().plus(TO_EXPLAIN))
					.setHeartbeatTimeout(HEARTBEAT)
					.setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
					.setRetryOptions(RetryOptions.newBuilder()
						.setInitialInterval(Duration.ofSeconds(1))
						.setBackoffCoefficient(2)
						.setMaximumInterval(Duration.ofSeconds(30))
						.build())
					.build());
	}

}
