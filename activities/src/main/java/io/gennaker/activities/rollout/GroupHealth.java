package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.Health;
import io.gennaker.activities.rollout.health.OwnHealth;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.GroupResult;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a group's objects are healthy, or until it is clear that one will not be.
 */
final class GroupHealth {

	/** After which a watch without news is doubted. */
	private static final Duration SILENCE = Duration.ofSeconds(20);

	private final ApiServer server;

	private final ReleaseLayout.Group group;

	private final HookRemains remains;

	private final Instant deadline;

	private final RolloutSettings settings;

	private final Clock clock;

	private final ProgressLog progress;

	private final Heartbeat heartbeat;

	private final ObjectHealth health;

	private final TroubleWatch troubles;

	private final Semaphore news = new Semaphore(0);

	private Instant heard = Instant.MIN;

	private String doubt = "";

	GroupHealth(ApiServer server, ReleaseLayout.Group group, HookRemains remains, Instant deadline, SecretMask mask,
			OwnHealth own, RolloutSettings settings, Clock clock, ProgressLog progress, Heartbeat heartbeat) {
		this.server = server;
		this.group = group;
		this.remains = remains;
		this.deadline = deadline;
		this.settings = settings;
		this.clock = clock;
		this.progress = progress;
		this.heartbeat = heartbeat;
		this.health = new ObjectHealth(server, own, mask);
		this.troubles = new TroubleWatch(new NewestPods(server), new PodEvidence(server, settings, mask), mask,
				settings.patience());
	}

	/**
	 * Waits.
	 * @throws UnhealthyException if waiting is in vain, or the group's time is over
	 * @throws ApiRefusal if the cluster does not let Gennaker watch
	 */
	GroupResult run() {
		this.heartbeat.onCancel(this.news::release);
		Map<PlacedObject, GenericKubernetesResource> start = new LinkedHashMap<>();
		for (PlacedObject object : this.group.objects()) {
			if (this.health.mustBeWatched(object)) {
				read(object, start);
			}
			else {
				this.progress.tell(object, ObjectState.HEALTHY, "");
			}
		}
		boolean healthy = start.isEmpty() || look(start, null);
		while (!healthy) {
			healthy = watch(start);
		}
		return new GroupResult(this.group.objects().size(), 0);
	}

	/**
	 * Watches until all is healthy (true), or the watch turns out to have gone deaf.
	 */
	private boolean watch(Map<PlacedObject, GenericKubernetesResource> start) {
		try (GroupWatch watch = new GroupWatch(this.server, start, this.news::release)) {
			this.heard = this.clock.instant();
			while (!look(start, watch)) {
				await(watch);
				if (isDeaf(start, watch)) {
					return false;
				}
			}
			return true;
		}
	}

	/**
	 * Whether a watch that has been silent for long misses what the server knows: a
	 * connection that was dropped on its way, by a gateway, say, looks like one on which
	 * nothing happens.
	 */
	private boolean isDeaf(Map<PlacedObject, GenericKubernetesResource> start, GroupWatch watch) {
		if (this.clock.instant().isBefore(this.heard.plus(SILENCE))) {
			return false;
		}
		this.heard = this.clock.instant();
		this.doubt = "";
		boolean deaf = false;
		try {
			for (Map.Entry<PlacedObject, GenericKubernetesResource> entry : start.entrySet()) {
				PlacedObject object = entry.getKey();
				GenericKubernetesResource known = newest(object, entry.getValue(), watch);
				GenericKubernetesResource now = this.server.find(object.kind(), object.manifest()).orElse(known);
				deaf |= isNewer(now, known);
				entry.setValue(now);
			}
		}
		catch (ApiOutage ex) {
			if (ex.needsCredentials()) {
				throw ex; // the watch itself tries for ever, and in vain
			}
			this.doubt = String.valueOf(ex.getMessage());
		}
		return deaf;
	}

	/**
	 * The first look is at the server itself: a watch may begin with what its cache knew
	 * before the object was applied.
	 */
	private void read(PlacedObject object, Map<PlacedObject, GenericKubernetesResource> start) {
		Optional<GenericKubernetesResource> live = this.server.find(object.kind(), object.manifest());
		if (live.isPresent()) {
			settle(object, live.get(), start);
		}
		else if (HookRemains.isDeletedAfterSuccess(object)) {
			this.progress.tell(object, ObjectState.HEALTHY, "succeeded and was deleted");
		}
		else {
			String gone = "is gone: something deleted it after it was applied";
			this.progress.tell(object, ObjectState.FAILED, gone);
			throw new UnhealthyException(object.title() + " " + gone);
		}
	}

	private void settle(PlacedObject object, GenericKubernetesResource live,
			Map<PlacedObject, GenericKubernetesResource> start) {
		Health state = this.health.of(object, live);
		if (state.state() == Health.State.HEALTHY && this.health.staysHealthy(object)) {
			this.progress.tell(object, ObjectState.HEALTHY, state.message());
		}
		else {
			start.put(object, live);
		}
	}

	private boolean look(Map<PlacedObject, GenericKubernetesResource> start, @Nullable GroupWatch watch) {
		Map<PlacedObject, Health> waiting = new LinkedHashMap<>();
		Map<PlacedObject, GenericKubernetesResource> live = new LinkedHashMap<>();
		start.forEach((object, first) -> {
			GenericKubernetesResource now = newest(object, first, watch);
			Health state = this.health.of(object, now);
			live.put(object, now);
			if (state.state() == Health.State.HEALTHY) {
				this.progress.tell(object, ObjectState.HEALTHY, state.message());
			}
			else {
				waiting.put(object, state);
			}
		});
		waiting.forEach((object, state) -> follow(object, live.get(object), state, watch));
		int done = this.group.objects().size() - waiting.size();
		this.heartbeat.tell(this.heartbeat.latest()
			.through(done, false)
			.at(waiting.isEmpty() ? "" : waiting.keySet().iterator().next().title()));
		if (waiting.isEmpty()) {
			this.remains.succeeded(this.group);
			return true;
		}
		checkWatch(watch);
		checkTime(waiting, live, watch);
		return false;
	}

	private static GenericKubernetesResource newest(PlacedObject object, GenericKubernetesResource read,
			@Nullable GroupWatch watch) {
		Optional<GenericKubernetesResource> seen = (watch != null) ? watch.object(object) : Optional.empty();
		return seen.filter((live) -> !isNewer(read, live)).orElse(read);
	}

	/**
	 * Whether a state of an object is newer than another. Resource versions are numbers
	 * that rise in every API server there is.
	 */
	private static boolean isNewer(GenericKubernetesResource one, GenericKubernetesResource other) {
		return version(one) > version(other);
	}

	private static long version(GenericKubernetesResource object) {
		String version = object.getMetadata().getResourceVersion();
		return (version != null && version.matches("[0-9]{1,18}")) ? Long.parseLong(version) : 0;
	}

	private void follow(PlacedObject object, @Nullable GenericKubernetesResource live, Health state,
			@Nullable GroupWatch watch) {
		if (live == null || watch == null) {
			this.progress.tell(object, ObjectState.PROGRESSING, state.message());
			return;
		}
		TroubleWatch.Finding finding = this.troubles.look(object, live, watch, this.clock.instant());
		if (state.state() == Health.State.FAILED || finding.isFinal()) {
			String summary = finding.isFinal() ? finding.words() : state.message();
			this.progress.tell(object, ObjectState.FAILED, summary);
			String report = this.troubles.report(object, live, watch, summary);
			this.remains.failed(this.group, object);
			throw new UnhealthyException(report);
		}
		String words = watch.silence().orElse(this.doubt.isEmpty() ? finding.words() : this.doubt);
		this.progress.tell(object, ObjectState.PROGRESSING,
				words.isEmpty() ? state.message() : state.message() + "; " + words);
	}

	private void checkWatch(@Nullable GroupWatch watch) {
		Optional<KubernetesClientException> refusal = (watch != null) ? watch.refusal() : Optional.empty();
		if (refusal.isEmpty()) {
			return;
		}
		String words = String.valueOf(refusal.get().getMessage());
		if (refusal.get().getCode() == 401) {
			throw this.server.refused("watch the release", refusal.get());
		}
		throw new ApiRefusal(refusal.get().getCode(), "Cluster " + this.server.cluster()
				+ " does not let Gennaker watch the release: " + words + ". Grant list and watch");
	}

	private void checkTime(Map<PlacedObject, Health> waiting, Map<PlacedObject, GenericKubernetesResource> live,
			@Nullable GroupWatch watch) {
		if (watch == null || this.clock.instant().isBefore(this.deadline)) {
			return;
		}
		Instant start = Instant.ofEpochMilli(this.heartbeat.latest().startedAt());
		Duration waited = Duration.between(start, this.clock.instant());
		List<String> reports = new ArrayList<>();
		waiting.forEach((object, state) -> {
			String summary = "not healthy after " + waited.toSeconds() + " s: "
					+ watch.silence().orElse(this.doubt.isEmpty() ? state.message() : this.doubt);
			this.progress.tell(object, ObjectState.FAILED, summary);
			GenericKubernetesResource now = live.get(object);
			reports.add((reports.isEmpty() && now != null) ? this.troubles.report(object, now, watch, summary)
					: object.title() + " is " + summary);
		});
		throw new UnhealthyException(String.join("\n", reports));
	}

	private void await(GroupWatch watch) {
		Instant now = this.clock.instant();
		Instant until = now.plus(this.settings.heartbeat());
		Instant verdict = this.troubles.nextVerdict().orElse(until);
		until = verdict.isBefore(until) ? verdict : until;
		until = this.deadline.isBefore(until) ? this.deadline : until;
		try {
			if (this.news.tryAcquire(Math.max(1, Duration.between(now, until).toMillis()), TimeUnit.MILLISECONDS)) {
				this.news.drainPermits();
				if (watch.silence().isEmpty()) { // that a watch fails again is no news of
													// the objects
					this.heard = this.clock.instant();
					this.doubt = "";
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ApiOutage("The worker is shutting down; another one goes on watching", null, ex);
		}
	}

}
