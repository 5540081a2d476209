package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.GroupRequest;
import io.gennaker.workflows.rollout.GroupResult;
import io.gennaker.workflows.rollout.RolloutActivities;
import io.gennaker.workflows.rollout.RolloutPlan;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;

/**
 * Takes a cluster to a release by server-side apply, and watches it there.
 * <p>
 * An attempt keeps nothing in memory that the next one needs: the layout follows from the
 * manifests, and how far a group is from the heartbeat.
 */
public final class ClusterRolloutActivities implements RolloutActivities {

	/**
	 * The type of failures that may pass: a cluster that does not answer, is overloaded,
	 * or does not accept its credentials. They are retried.
	 */
	public static final String CLUSTER_UNAVAILABLE = "cluster-unavailable";

	private final ClusterClients clusters;

	private final Function<String, String> manifests;

	private final RolloutProgress progress;

	private final Clock clock;

	private final RolloutSettings settings;

	private final ApiKinds kinds = new ApiKinds();

	/**
	 * The activities for any number of clusters.
	 * @param clusters how clusters are reached
	 * @param manifests the manifests by their digest
	 * @param progress told about every object
	 * @param clock the time
	 * @param settings how rollouts are watched
	 */
	public ClusterRolloutActivities(ClusterClients clusters, Function<String, String> manifests,
			RolloutProgress progress, Clock clock, RolloutSettings settings) {
		this.clusters = clusters;
		this.manifests = manifests;
		this.progress = progress;
		this.clock = clock;
		this.settings = settings;
	}

	@Override
	public RolloutPlan plan(RolloutRequest request) {
		return translated(request, () -> {
			ReleaseLayout layout = load(request, server(request)).layout();
			this.progress.planned(request,
					layout.objects()
						.stream()
						.map((object) -> ProgressLog.describe(object, ObjectState.PENDING, ""))
						.toList());
			return new RolloutPlan(layout.groups().stream().map(ClusterRolloutActivities::group).toList());
		});
	}

	@Override
	public GroupResult apply(GroupRequest request) {
		RolloutRequest rollout = request.rollout();
		return translated(rollout, () -> {
			ApiServer server = server(rollout);
			LoadedRelease release = load(rollout, server);
			ReleaseLayout.Group group = release.layout().groups().get(request.group());
			try (Heartbeat heartbeat = heartbeat(group)) {
				ObjectApplication objects = new ObjectApplication(server, release, this.settings.definitions());
				return new GroupApplication(release, group, objects, new ProgressLog(this.progress, rollout), heartbeat)
					.run();
			}
		});
	}

	@Override
	public GroupResult awaitHealthy(GroupRequest request) {
		RolloutRequest rollout = request.rollout();
		return translated(rollout, () -> {
			ApiServer server = server(rollout);
			LoadedRelease release = load(rollout, server);
			ReleaseLayout.Group group = release.layout().groups().get(request.group());
			try (Heartbeat heartbeat = heartbeat(group)) {
				Instant deadline = new ClusterAttempt(rollout.timeout(), this.clock).deadline(heartbeat);
				return new GroupHealth(server, group, deadline, release.mask(), this.settings, this.clock,
						new ProgressLog(this.progress, rollout), heartbeat)
					.run();
			}
		});
	}

	private static RolloutPlan.Group group(ReleaseLayout.Group group) {
		Hook.Moment hooks = group.hooks();
		return new RolloutPlan.Group(group.index(), group.components(), group.objects().size(),
				(hooks != null) ? hooks.title() : "");
	}

	private ApiServer server(RolloutRequest request) {
		String cluster = request.cluster().name();
		return ApiServer.of(cluster, this.clusters);
	}

	private LoadedRelease load(RolloutRequest request, ApiServer server) {
		ReleaseIdentity identity = new ReleaseIdentity(request.namespace(), request.release(), request.pipeline(),
				request.executionId(), request.stageId());
		return LoadedRelease.load(this.manifests.apply(request.manifests()), identity, request.order(), server,
				this.kinds);
	}

	private Heartbeat heartbeat(ReleaseLayout.Group group) {
		ActivityExecutionContext context = Activity.getExecutionContext();
		RolloutBeat first = context.getHeartbeatDetails(RolloutBeat.class)
			.orElseGet(() -> new RolloutBeat(this.clock.millis(), 0, 0, group.objects().size(), ""));
		return new Heartbeat(context, this.settings.heartbeat(), first);
	}

	private <T> T translated(RolloutRequest request, Supplier<T> work) {
		return new ClusterAttempt(request.timeout(), this.clock).run(work);
	}

}
