package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.RolloutProgress.ObjectProgress;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.OwnHealth;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.GroupRequest;
import io.gennaker.workflows.rollout.GroupResult;
import io.gennaker.workflows.rollout.Occasion;
import io.gennaker.workflows.rollout.PruneRequest;
import io.gennaker.workflows.rollout.PruneResult;
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

	private final Fence fence;

	private final ApiKinds kinds = new ApiKinds();

	/**
	 * The activities for any number of clusters.
	 * @param clusters how clusters are reached
	 * @param manifests the manifests by their digest
	 * @param progress told about every object
	 * @param clock the time
	 * @param settings how rollouts are watched
	 * @param fence asked before each object is changed
	 */
	public ClusterRolloutActivities(ClusterClients clusters, Function<String, String> manifests,
			RolloutProgress progress, Clock clock, RolloutSettings settings, Fence fence) {
		this.clusters = clusters;
		this.manifests = manifests;
		this.progress = progress;
		this.clock = clock;
		this.settings = settings;
		this.fence = fence;
	}

	@Override
	public RolloutPlan plan(RolloutRequest request) {
		return translated(request, () -> {
			String text = this.manifests.apply(request.manifests());
			ReleasePlanning planned = ReleasePlanning.of(server(request), this.kinds, identity(request), text,
					order(request, text), request.back(), request.applying());
			planned.checkOwnership();
			ReleaseLayout layout = planned.release().layout();
			List<ObjectProgress> objects = new ArrayList<>();
			layout.objects().forEach((object) -> objects.add(ProgressLog.describe(object, ObjectState.PENDING, "")));
			planned.obsolete()
				.forEach((object) -> objects.add(ProgressLog.describe(object, ObjectState.PENDING,
						"the release no longer has it; deleted once everything is healthy")));
			this.progress.planned(request, objects);
			return new RolloutPlan(layout.groups().stream().map((group) -> group(group, layout.occasion())).toList(),
					layout.occasion(), planned.obsolete());
		});
	}

	@Override
	public GroupResult apply(GroupRequest request) {
		RolloutRequest rollout = request.rollout();
		return translated(rollout, () -> {
			ApiServer server = server(rollout);
			LoadedRelease release = load(request, server);
			ReleaseLayout.Group group = release.layout().groups().get(request.group());
			try (Heartbeat heartbeat = heartbeat(group.objects().size())) {
				ObjectApplication objects = new ObjectApplication(server, release, rollout.applying(),
						this.settings.definitions());
				return new GroupApplication(release, group, objects, new ProgressLog(this.progress, rollout), heartbeat,
						() -> this.fence.check(rollout))
					.run();
			}
		});
	}

	@Override
	public GroupResult awaitHealthy(GroupRequest request) {
		RolloutRequest rollout = request.rollout();
		return translated(rollout, () -> {
			ApiServer server = server(rollout);
			LoadedRelease release = load(request, server);
			ReleaseLayout.Group group = release.layout().groups().get(request.group());
			try (Heartbeat heartbeat = heartbeat(group.objects().size())) {
				Instant deadline = attempt(rollout).deadline(heartbeat);
				OwnHealth own = new OwnHealth(rollout.health()).before(this.settings.health());
				GroupResult result = new GroupHealth(server, group, new HookRemains(server, release.layout()), deadline,
						release.mask(), own, this.settings, this.clock, new ProgressLog(this.progress, rollout),
						heartbeat)
					.run();
				boolean last = request.group() == release.layout().groups().size() - 1;
				if (last && request.occasion() == Occasion.INSTALL) {
					new ReleaseRecords(server, release.identity()).noteWhole(release.layout());
				}
				return result;
			}
		});
	}

	@Override
	public PruneResult prune(PruneRequest request) {
		RolloutRequest rollout = request.rollout();
		return translated(rollout, () -> {
			ApiServer server = server(rollout);
			try (Heartbeat heartbeat = heartbeat(request.objects().size())) {
				return new Pruning(server, this.kinds, identity(rollout), attempt(rollout).deadline(heartbeat),
						this.clock, new ProgressLog(this.progress, rollout), heartbeat, () -> this.fence.check(rollout))
					.run(request.objects());
			}
		});
	}

	private static RolloutPlan.Group group(ReleaseLayout.Group group, Occasion occasion) {
		Hook.Moment hooks = group.hooks();
		return new RolloutPlan.Group(group.index(), group.components(), group.objects().size(),
				(hooks != null) ? hooks.title(occasion) : "");
	}

	private ApiServer server(RolloutRequest request) {
		String cluster = request.cluster().name();
		return ApiServer.of(cluster, this.clusters);
	}

	private LoadedRelease load(GroupRequest request, ApiServer server) {
		RolloutRequest rollout = request.rollout();
		String text = this.manifests.apply(rollout.manifests());
		return LoadedRelease.load(text, identity(rollout), order(rollout, text), request.occasion(), server,
				this.kinds);
	}

	/**
	 * The order, for a release of before without the components that it does not have.
	 */
	private static List<List<String>> order(RolloutRequest request, String manifests) {
		if (!request.back()) {
			return request.order();
		}
		Set<String> components = ManifestReader.read(manifests)
			.stream()
			.map(Manifest::component)
			.collect(Collectors.toSet());
		return request.order()
			.stream()
			.map((group) -> group.stream().filter(components::contains).toList())
			.filter((group) -> !group.isEmpty())
			.toList();
	}

	private static ReleaseIdentity identity(RolloutRequest request) {
		return new ReleaseIdentity(request.namespace(), request.release(), request.pipeline(), request.executionId(),
				request.stageId());
	}

	private Heartbeat heartbeat(int objects) {
		ActivityExecutionContext context = Activity.getExecutionContext();
		RolloutBeat first = context.getHeartbeatDetails(RolloutBeat.class)
			.orElseGet(() -> new RolloutBeat(this.clock.millis(), 0, 0, objects, ""));
		return new Heartbeat(context, this.settings.heartbeat(), first);
	}

	private <T> T translated(RolloutRequest request, Supplier<T> work) {
		return attempt(request).run(work);
	}

	private ClusterAttempt attempt(RolloutRequest request) {
		return new ClusterAttempt(request.timeout(), this.clock, (outage) -> this.progress.away(request, outage));
	}

}
