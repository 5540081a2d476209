package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.PlacesRequest.UnresolvedPlace;
import io.gennaker.workflows.rollback.RollbackPoint.Earlier;
import io.gennaker.workflows.rollback.RollbackQuestion;
import io.gennaker.workflows.rollout.ClusterRolloutWorkflow;
import io.gennaker.workflows.rollout.RolloutAssignment;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.gennaker.workflows.rollout.RolloutResult;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/**
 * A stage that takes a release back to the one that ran before it, in each cluster of a
 * target, by the manifests that were kept: nothing is baked anew.
 */
final class UndoRun {

	/** For a cluster of a stage that gives no time-out. */
	private static final Duration TIMEOUT = Duration.ofHours(1);

	private final Stage.Undo stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	private final StageRun run;

	private final Map<String, BindingRequest.Place> places = new LinkedHashMap<>();

	UndoRun(Stage.Undo stage, StageStanding standing, ReleaseState state, CentralActivities activities, StageRun run) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.activities = activities;
		this.run = run;
	}

	StageOutcome run() {
		List<Cluster> clusters = this.state.clusters(this.stage.target());
		if (clusters.isEmpty()) {
			return StageOutcome.skipped("the execution goes to no cluster of target '" + this.stage.target() + "'");
		}
		String namespace = this.state.target(this.stage.target()).namespace();
		this.activities.conditions()
			.places(new PlacesRequest(this.state.context(),
					clusters.stream()
						.map((cluster) -> new UnresolvedPlace(cluster, namespace, this.stage.release()))
						.toList()))
			.places()
			.forEach((place) -> this.places.put(place.cluster(), place));
		return new EachCluster(this.standing, this.state, clusters, this.stage.maxParallel())
			.run("takes back " + this.stage.release(), this::goBack);
	}

	private String goBack(Cluster cluster) {
		BindingRequest.Place place = Objects.requireNonNull(this.places.get(cluster.name()));
		Earlier earlier = this.activities.rollback()
			.previous(
					new RollbackQuestion(this.state.executionId(), cluster.name(), place.namespace(), place.release()))
			.earlier();
		if (earlier == null) {
			throw ApplicationFailure.newNonRetryableFailure("no release of " + place.release() + " in namespace "
					+ place.namespace() + " is kept that ran before the one that runs now", Failures.ROLLOUT_REFUSED);
		}
		RolloutResult result = roll(cluster, place, earlier);
		if (result.status() == Status.CANCELED) {
			throw new CanceledFailure(String.valueOf(result.cause()));
		}
		if (result.status() != Status.SUCCEEDED) {
			throw ApplicationFailure.newNonRetryableFailure(
					"could not go back to " + earlier.execution() + ": " + result.cause(), Failures.ROLLOUT_REFUSED);
		}
		return "went back to " + earlier.execution();
	}

	/**
	 * Out of reach of the stage's cancellation, which the rollout hears of by its own
	 * means: the result of a canceled workflow, and with it what was done, would be lost.
	 */
	private RolloutResult roll(Cluster cluster, BindingRequest.Place place, Earlier earlier) {
		ReleaseRequest request = this.state.request();
		RolloutRequest rollout = new RolloutRequest(request.executionId(), this.stage.id(), request.pipeline().name(),
				cluster, place.namespace(), place.release(), earlier.manifests(), earlier.bake(), this.stage.order(),
				Objects.requireNonNullElse(this.stage.options().timeout(), TIMEOUT), Applying.DEFAULT, true, 1,
				request.pipeline().health(), 0);
		RolloutAssignment assignment = new RolloutAssignment(rollout, 0,
				this.state.journal().setAside(RolloutAssignment.SEQUENCES), earlier.artifacts());
		ClusterRolloutWorkflow back = Workflow.newChildWorkflowStub(ClusterRolloutWorkflow.class, options(cluster));
		CancellationScope.current().getCancellationRequest().thenApply((reason) -> {
			String why = Objects.requireNonNullElse(this.run.interruption(), "canceled");
			Workflow.newDetachedCancellationScope(() -> Async.procedure(back::stop, why).exceptionally((gone) -> null))
				.run();
			return reason;
		});
		List<Promise<RolloutResult>> end = new ArrayList<>();
		Workflow.newDetachedCancellationScope(() -> {
			end.add(Async.function(back::roll, assignment));
			end.getFirst().get();
		}).run();
		return end.getFirst().get();
	}

	private ChildWorkflowOptions options(Cluster cluster) {
		ReleaseRequest request = this.state.request();
		return ChildWorkflowOptions.newBuilder()
			.setTaskQueue(TaskQueues.cluster(cluster.name()))
			.setWorkflowId(TaskQueues.rolloutWorkflowId(request.executionId(), this.stage.id(), cluster.name()))
			.setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
			.setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
				.set(SearchAttributes.PIPELINE, request.pipeline().name())
				.set(SearchAttributes.CLUSTER, cluster.name())
				.build())
			.build();
	}

}
