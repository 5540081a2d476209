package io.gennaker.activities.rollout;

import java.time.Clock;
import java.util.function.Function;

import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.workflows.operation.OperationActivities;
import io.gennaker.workflows.operation.OperationRequest;
import io.gennaker.workflows.operation.OperationResult;
import io.gennaker.workflows.release.Failures;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;

/**
 * Does things to objects in clusters. What an attempt needs of the one before it, it
 * finds in the cluster itself or in the heartbeat.
 */
public final class ClusterOperationActivities implements OperationActivities {

	private final ClusterClients clusters;

	private final Function<String, PipelineFiles> revisions;

	private final JobLogs logs;

	private final RolloutProgress progress;

	private final Expressions expressions;

	private final Clock clock;

	private final RolloutSettings settings;

	private final ApiKinds kinds = new ApiKinds();

	/**
	 * The activities for any number of clusters.
	 * @param clusters how clusters are reached
	 * @param revisions the files of pipelines' revisions, by the revision's id
	 * @param logs keeps what Jobs logged
	 * @param progress told about every object
	 * @param expressions evaluates what texts hold
	 * @param clock the time
	 * @param settings how objects are watched
	 */
	public ClusterOperationActivities(ClusterClients clusters, Function<String, PipelineFiles> revisions, JobLogs logs,
			RolloutProgress progress, Expressions expressions, Clock clock, RolloutSettings settings) {
		this.clusters = clusters;
		this.revisions = revisions;
		this.logs = logs;
		this.progress = progress;
		this.expressions = expressions;
		this.clock = clock;
		this.settings = settings;
	}

	@Override
	public OperationResult operate(OperationRequest request) {
		return new ClusterAttempt(request.timeout(), this.clock).run(() -> {
			ApiServer server = ApiServer.of(request.cluster().name(), this.clusters);
			try (Heartbeat heartbeat = heartbeat()) {
				return new OperationResult(operate(new OperationScene(request, server, this.kinds, this.expressions,
						this.progress, this.settings, this.clock, heartbeat)));
			}
			catch (ExpressionException ex) {
				throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAD_EXPRESSION);
			}
		});
	}

	private String operate(OperationScene scene) {
		return switch (scene.request().operation()) {
			case ClusterOperation.Restart restart -> new RollingRestart(scene, restart).run();
			case ClusterOperation.Scale scale -> new WorkloadScaling(scene, scale).run();
			case ClusterOperation.Check check -> new ObjectCheck(scene, check).run();
			case ClusterOperation.RunJob job ->
				new JobRun(scene, new JobManifest(scene, job, this.revisions), this.logs).run();
			case ClusterOperation.Patch patch -> new ObjectPatch(scene, patch).run();
			case ClusterOperation.Delete delete -> new ObjectDeletion(scene, delete).run();
		};
	}

	private Heartbeat heartbeat() {
		ActivityExecutionContext context = Activity.getExecutionContext();
		RolloutBeat first = context.getHeartbeatDetails(RolloutBeat.class)
			.orElseGet(() -> new RolloutBeat(this.clock.millis(), 0, 0, 0, ""));
		return new Heartbeat(context, this.settings.heartbeat(), first);
	}

}
