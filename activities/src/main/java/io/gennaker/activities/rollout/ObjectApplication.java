package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.Health;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.pipelines.model.Applying;
import org.jspecify.annotations.Nullable;

/**
 * Applies single objects, each as its role wants it.
 */
final class ObjectApplication {

	private static final String DEFINITION = "CustomResourceDefinition";

	private final ApiServer server;

	private final LoadedRelease release;

	private final ObjectWait wait;

	private final MemberApplication members;

	private final ReleaseRecords records;

	private final Set<String> established = new HashSet<>();

	private boolean noted;

	ObjectApplication(ApiServer server, LoadedRelease release, Applying applying, Duration patience) {
		this.server = server;
		this.release = release;
		this.wait = new ObjectWait(server, patience);
		this.members = new MemberApplication(server, release.identity(), applying, this.wait);
		this.records = new ReleaseRecords(server, release.identity());
	}

	/**
	 * Applies an object.
	 * @return {@link ObjectState#APPLIED}, or {@link ObjectState#UNCHANGED} where it was
	 * so already
	 */
	ObjectState apply(PlacedObject object) {
		awaitDefinition(object);
		return switch (object.role()) {
			case PlacedObject.Role.Member() -> {
				note(object);
				yield this.members.apply(object);
			}
			case PlacedObject.Role.ReleaseNamespace() -> applyNamespace(object);
			case PlacedObject.Role.HookRun(Hook hook) -> applyHook(object, hook);
		};
	}

	/**
	 * What is applied is noted before, so that it is found again whatever happens next. A
	 * namespace that the release brings may be the one to note it in.
	 */
	private void note(PlacedObject object) {
		if (!this.noted && !Marks.isShared(object.kind().kind())) {
			this.records.note(this.release.layout());
			this.noted = true;
		}
	}

	/**
	 * What is sent for an object. Where an autoscaler takes over replicas that Gennaker
	 * set before, they are sent once more as they are: leaving out a field that one owns
	 * alone resets it, here to a single replica.
	 */
	static Manifest content(PlacedObject object, @Nullable Map<String, Object> live) {
		if (object.autoscaled() && live != null && ObjectTrees.ownsReplicas(live)) {
			Object replicas = new Manifest(live).at("spec", "replicas");
			return (replicas != null) ? object.manifest().with(replicas, "spec", "replicas") : object.manifest();
		}
		return object.manifest();
	}

	private ObjectState applyNamespace(PlacedObject namespace) {
		try {
			if (this.server.get(namespace.kind(), namespace.manifest()).isPresent()) {
				return ObjectState.UNCHANGED;
			}
		}
		catch (ApiRefusal ex) {
			if (ex.code() == 403) {
				// whoever may not read namespaces was given one that exists
				return ObjectState.UNCHANGED;
			}
			throw ex;
		}
		this.server.apply(namespace.kind(), namespace.manifest());
		return ObjectState.APPLIED;
	}

	private ObjectState applyHook(PlacedObject object, Hook hook) {
		Optional<GenericKubernetesResource> before = this.server.find(object.kind(), object.manifest());
		if (before.isPresent() && isOfThisRun(before.get(), object)) {
			return ObjectState.UNCHANGED;
		}
		if (before.isPresent() && hook.deletion().contains(Hook.Deletion.BEFORE_CREATION)) {
			this.server.delete(object.kind(), object.manifest());
			String uid = before.get().getMetadata().getUid();
			this.wait.until(object.kind(), object.namespace(), object.manifest().name(),
					(live) -> live == null || !live.getMetadata().getUid().equals(uid),
					"the hook's earlier %s to be gone".formatted(object.title()));
		}
		this.server.apply(object.kind(), object.manifest());
		return ObjectState.APPLIED;
	}

	private static boolean isOfThisRun(GenericKubernetesResource live, PlacedObject object) {
		Map<String, String> annotations = live.getMetadata().getAnnotations();
		String run = (annotations != null) ? annotations.get(ReleaseIdentity.HOOK_RUN) : null;
		return Objects.equals(run, object.manifest().annotation(ReleaseIdentity.HOOK_RUN))
				&& Health.of(live).state() != Health.State.FAILED && live.getMetadata().getDeletionTimestamp() == null;
	}

	/**
	 * A custom resource is refused until its definition is established, which takes the
	 * API server a moment.
	 */
	private void awaitDefinition(PlacedObject object) {
		if (object.kind().kind().equals(DEFINITION) || this.release.declared().find(object.manifest()).isEmpty()) {
			return;
		}
		List<PlacedObject> definitions = this.release.layout()
			.objects()
			.stream()
			.filter((other) -> other.kind().kind().equals(DEFINITION)
					&& other.manifest().text("spec", "names", "kind").equals(object.kind().kind())
					&& other.manifest().text("spec", "group").equals(object.kind().group()))
			.toList();
		for (PlacedObject definition : definitions) {
			if (this.established.add(definition.manifest().name())) {
				this.wait.until(definition.kind(), "", definition.manifest().name(),
						(live) -> live != null && Health.of(live).state() == Health.State.HEALTHY,
						definition.title() + " to be established");
			}
		}
	}

}
