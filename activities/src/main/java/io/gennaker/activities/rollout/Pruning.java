package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.ApiServer.Propagation;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.ObsoleteObjects;
import io.gennaker.workflows.rollout.ObsoleteObject;
import io.gennaker.workflows.rollout.PruneResult;

/**
 * Deletes what a release no longer has, one object after the other: each is gone, with
 * all that it owns, before the next, so that what others rest on outlives them and a
 * custom resource's controller can do its last work.
 */
final class Pruning {

	/** How long it waits before it tells that it still waits. */
	private static final Duration SLICE = Duration.ofSeconds(2);

	private final ApiServer server;

	private final ApiKinds kinds;

	private final ReleaseIdentity release;

	private final Instant deadline;

	private final Clock clock;

	private final ProgressLog progress;

	private final Heartbeat heartbeat;

	private final Runnable fence;

	private final ObjectWait wait;

	Pruning(ApiServer server, ApiKinds kinds, ReleaseIdentity release, Instant deadline, Clock clock,
			ProgressLog progress, Heartbeat heartbeat, Runnable fence) {
		this.server = server;
		this.kinds = kinds;
		this.release = release;
		this.deadline = deadline;
		this.clock = clock;
		this.progress = progress;
		this.heartbeat = heartbeat;
		this.fence = fence;
		this.wait = new ObjectWait(server, SLICE);
	}

	/**
	 * Deletes what an earlier attempt has not.
	 * @throws ApiRefusal if a deletion is refused
	 * @throws UnhealthyException if an object is held until the end of the group's time
	 */
	PruneResult run(List<ObsoleteObject> objects) {
		for (int i = this.heartbeat.latest().done(); i < objects.size(); i++) {
			ObsoleteObject object = objects.get(i);
			this.fence.run();
			this.heartbeat.tell(this.heartbeat.latest().at(object.title()));
			boolean deleted = prune(object);
			this.heartbeat.tell(this.heartbeat.latest().through(i + 1, deleted));
		}
		int deleted = this.heartbeat.latest().changed();
		return new PruneResult(deleted, objects.size() - deleted);
	}

	private boolean prune(ObsoleteObject object) {
		Manifest reference = reference(object);
		int slash = object.apiVersion().indexOf('/');
		Optional<ApiKind> kind = this.kinds.find(this.server, (slash < 0) ? "" : reference.group(), reference.version(),
				object.kind());
		Optional<Manifest> live = kind.flatMap((served) -> this.server.metadata(served, reference));
		if (kind.isEmpty() || live.isEmpty()) {
			this.progress.tell(object, ObjectState.DELETED, "");
			return true;
		}
		boolean going = !live.get().text("metadata", "deletionTimestamp").isEmpty();
		boolean same = live.get().text("metadata", "uid").equals(object.uid());
		if (!same || (!going && !ObsoleteObjects.mayGo(live.get(), this.release))) {
			this.progress.tell(object, ObjectState.HEALTHY,
					same ? "stays: it is protected or another's by now" : "stays: it was made anew meanwhile");
			return false;
		}
		delete(kind.get(), object, reference);
		awaitGone(kind.get(), object, reference);
		this.progress.tell(object, ObjectState.DELETED, "");
		return true;
	}

	private void delete(ApiKind kind, ObsoleteObject object, Manifest reference) {
		try {
			this.progress.tell(object, ObjectState.PROGRESSING, "is being deleted");
			this.server.delete(kind, reference, propagation(kind), object.uid());
		}
		catch (ApiRefusal ex) {
			this.progress.tell(object, ObjectState.FAILED, ex.words());
			throw new ApiRefusal(ex.code(),
					object.title() + ", which the release no longer has, was not deleted: " + ex.words()
							+ ". Delete it by hand, or annotate it " + ObsoleteObjects.PRUNE
							+ ": \"false\" to keep it");
		}
	}

	private void awaitGone(ApiKind kind, ObsoleteObject object, Manifest reference) {
		Optional<Manifest> live = this.server.metadata(kind, reference);
		while (live.isPresent() && live.get().text("metadata", "uid").equals(object.uid())) {
			String holders = holders(live.get());
			if (!this.clock.instant().isBefore(this.deadline)) {
				String words = "is not gone at the end of its time" + (holders.isEmpty() ? "" : ": " + holders);
				this.progress.tell(object, ObjectState.FAILED, words);
				throw new UnhealthyException(object.title() + ", which the release no longer has, " + words);
			}
			this.progress.tell(object, ObjectState.PROGRESSING,
					"is being deleted" + (holders.isEmpty() ? "" : "; " + holders));
			if (this.wait.isGone(kind, object.namespace(), object.name(), object.uid(), SLICE)) {
				return;
			}
			this.heartbeat.tell(this.heartbeat.latest());
			live = this.server.metadata(kind, reference);
		}
	}

	/**
	 * What makes other objects is gone when those are; the rest makes none.
	 */
	private static Propagation propagation(ApiKind kind) {
		boolean ofKubernetes = !kind.group().contains(".") || kind.group().endsWith(".k8s.io");
		boolean makesObjects = !ofKubernetes || kind.group().equals("apps") || kind.group().equals("batch");
		return makesObjects ? Propagation.FOREGROUND : Propagation.BACKGROUND;
	}

	private static String holders(Manifest live) {
		if (live.at("metadata", "finalizers") instanceof List<?> finalizers && !finalizers.isEmpty()) {
			return "held by " + String.join(", ", finalizers.stream().map(String::valueOf).toList());
		}
		return "";
	}

	private static Manifest reference(ObsoleteObject object) {
		return new Manifest(Map.of("apiVersion", object.apiVersion(), "kind", object.kind(), "metadata",
				object.namespace().isEmpty() ? Map.of("name", object.name())
						: Map.of("name", object.name(), "namespace", object.namespace())));
	}

}
