package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.Health;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Applies single objects, each as its role wants it.
 */
final class ObjectApplication {

	private static final String DEFINITION = "CustomResourceDefinition";

	private final ApiServer server;

	private final LoadedRelease release;

	private final Duration patience;

	private final Set<String> established = new HashSet<>();

	ObjectApplication(ApiServer server, LoadedRelease release, Duration patience) {
		this.server = server;
		this.release = release;
		this.patience = patience;
	}

	/**
	 * Applies an object.
	 * @return {@link ObjectState#APPLIED}, or {@link ObjectState#UNCHANGED} where it was
	 * so already
	 */
	ObjectState apply(PlacedObject object) {
		awaitDefinition(object);
		return switch (object.role()) {
			case PlacedObject.Role.Member() -> applyMember(object);
			case PlacedObject.Role.ReleaseNamespace() -> applyNamespace(object);
			case PlacedObject.Role.HookRun(Hook hook) -> applyHook(object, hook);
		};
	}

	private ObjectState applyMember(PlacedObject object) {
		Optional<Map<String, Object>> before = this.server.get(object.kind(), object.manifest());
		Map<String, Object> after = this.server.apply(object.kind(), content(object, before.orElse(null)), false);
		boolean same = before.isPresent() && ObjectTrees.substance(before.get()).equals(ObjectTrees.substance(after));
		return same ? ObjectState.UNCHANGED : ObjectState.APPLIED;
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
		this.server.apply(namespace.kind(), namespace.manifest(), false);
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
			await(object, (live) -> live == null || !live.getMetadata().getUid().equals(uid),
					"the hook's earlier %s to be gone".formatted(object.title()));
		}
		this.server.apply(object.kind(), object.manifest(), false);
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
				await(definition, (live) -> live != null && Health.of(live).state() == Health.State.HEALTHY,
						definition.title() + " to be established");
			}
		}
	}

	private void await(PlacedObject object, Predicate<GenericKubernetesResource> condition, String what) {
		try {
			ClusterResources.of(this.server.client(), object.kind(), object.namespace())
				.withName(object.manifest().name())
				.waitUntilCondition(condition, this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (KubernetesClientTimeoutException ex) {
			throw new ApiOutage(
					"Cluster %s: waited %d s for %s".formatted(this.server.cluster(), this.patience.toSeconds(), what),
					null, ex);
		}
		catch (KubernetesClientException ex) {
			throw this.server.unreachable("wait for " + what, ex);
		}
	}

}
