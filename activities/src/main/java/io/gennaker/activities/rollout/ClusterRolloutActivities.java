package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.rollout.GroupRequest;
import io.gennaker.workflows.rollout.GroupResult;
import io.gennaker.workflows.rollout.RolloutActivities;
import io.gennaker.workflows.rollout.RolloutPlan;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;

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

	/** Time to read pods, events and logs before Temporal ends an activity. */
	private static final Duration TO_EXPLAIN = Duration.ofSeconds(15);

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
			LoadedRelease release = load(rollout, server);
			ReleaseLayout.Group group = release.layout().groups().get(request.group());
			try (Heartbeat heartbeat = heartbeat(group)) {
				Instant deadline = deadline(rollout, heartbeat);
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
		String text = this.manifests.apply(request.manifests());
		List<List<String>> order = request.comesBack() ? there(request.order(), text) : request.order();
		return LoadedRelease.load(text, identity, order, server, this.kinds);
	}

	/**
	 * The order without the components that a release of before does not have.
	 */
	private static List<List<String>> there(List<List<String>> order, String manifests) {
		Set<String> components = ManifestReader.read(manifests)
			.stream()
			.map(Manifest::component)
			.collect(Collectors.toSet());
		return order.stream()
			.map((group) -> group.stream().filter(components::contains).toList())
			.filter((group) -> !group.isEmpty())
			.toList();
	}

	private Heartbeat heartbeat(ReleaseLayout.Group group) {
		ActivityExecutionContext context = Activity.getExecutionContext();
		RolloutBeat first = context.getHeartbeatDetails(RolloutBeat.class)
			.orElseGet(() -> new RolloutBeat(this.clock.millis(), 0, 0, group.objects().size(), ""));
		return new Heartbeat(context, this.settings.heartbeat(), first);
	}

	/**
	 * Until when a group may take. It lies before the moment at which Temporal would end
	 * the activity, and with it the explanation.
	 */
	private static Instant deadline(RolloutRequest rollout, Heartbeat heartbeat) {
		ActivityInfo info = Activity.getExecutionContext().getInfo();
		Instant own = Instant.ofEpochMilli(heartbeat.latest().startedAt()).plus(rollout.timeout());
		Duration limit = info.getScheduleToCloseTimeout();
		if (limit == null || limit.isZero()) {
			return own;
		}
		Duration tenth = limit.dividedBy(10);
		Duration margin = (tenth.compareTo(TO_EXPLAIN) < 0) ? tenth : TO_EXPLAIN;
		Instant temporals = Instant.ofEpochMilli(info.getScheduledTimestamp()).plus(limit).minus(margin);
		return temporals.isBefore(own) ? temporals : own;
	}

	private <T> T translated(RolloutRequest request, Supplier<T> work) {
		try {
			return work.get();
		}
		catch (UnhealthyException ex) {
			throw permanent(Failures.UNHEALTHY, ex);
		}
		catch (StaleHolderException ex) {
			throw permanent(Failures.STALE_HOLDER, ex);
		}
		catch (ApiRefusal | ManifestException | IllegalArgumentException ex) {
			throw permanent(Failures.ROLLOUT_REFUSED, ex);
		}
		catch (ApiOutage ex) {
			if (ex.isBounded() && waited().compareTo(request.timeout()) > 0) {
				throw permanent(Failures.ROLLOUT_REFUSED, ex);
			}
			throw passing(ex);
		}
	}

	private Duration waited() {
		Instant scheduled = Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
		return Duration.between(scheduled, this.clock.instant());
	}

	private static ApplicationFailure permanent(String type, RuntimeException cause) {
		return ApplicationFailure.newNonRetryableFailure(String.valueOf(cause.getMessage()), type);
	}

	private static ApplicationFailure passing(ApiOutage cause) {
		ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
			.setMessage(String.valueOf(cause.getMessage()))
			.setType(CLUSTER_UNAVAILABLE);
		Duration delay = cause.retryAfter();
		return ((delay != null) ? failure.setNextRetryDelay(delay) : failure).build();
	}

}
