package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.OwnHealth;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.ManifestException;
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
				Instant deadline = deadline(rollout, heartbeat);
				OwnHealth own = new OwnHealth(rollout.health()).before(this.settings.health());
				return new GroupHealth(server, group, deadline, release.mask(), own, this.settings, this.clock,
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
