package io.gennaker.activities.rollout;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.gennaker.activities.rollout.health.Health;
import io.gennaker.activities.rollout.health.OwnHealth;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import org.jspecify.annotations.Nullable;

/**
 * An object's health in its role: a hook must end, and a claim whose storage waits for
 * the first pod must not hold up that very pod.
 */
final class ObjectHealth {

	private static final ApiKind STORAGE_CLASSES = new ApiKind("storage.k8s.io", "v1", "StorageClass", "storageclasses",
			false);

	private final ApiServer server;

	private final OwnHealth own;

	private final SecretMask mask;

	private final Map<String, Boolean> lateBinding = new HashMap<>();

	ObjectHealth(ApiServer server, OwnHealth own, SecretMask mask) {
		this.server = server;
		this.own = own;
		this.mask = mask;
	}

	/**
	 * Its health, in words without the release's secrets.
	 */
	Health of(PlacedObject object, GenericKubernetesResource live) {
		Health health = this.own.covers(live.getApiVersion(), live.getKind())
				? this.own.of(live, this.server.tree(live)).orElseGet(() -> builtIn(object, live))
				: builtIn(object, live);
		return new Health(health.state(), this.mask.mask(health.message()));
	}

	/**
	 * Whether there is anything to wait for after an object was applied.
	 */
	boolean mustBeWatched(PlacedObject object) {
		return isOwn(object) || WatchedKinds.mustBeWatched(object);
	}

	/**
	 * Whether an object that is healthy once stays so until it is applied again.
	 */
	boolean staysHealthy(PlacedObject object) {
		return !isOwn(object) && WatchedKinds.staysHealthy(object.kind());
	}

	private boolean isOwn(PlacedObject object) {
		return this.own.covers(object.manifest().apiVersion(), object.manifest().kind());
	}

	private Health builtIn(PlacedObject object, GenericKubernetesResource live) {
		Health health = (object.role() instanceof PlacedObject.Role.HookRun) ? Health.ofRun(live) : Health.of(live);
		if (health.state() == Health.State.PROGRESSING && live.getKind().equals("PersistentVolumeClaim")
				&& bindsLate(live.get("spec", "storageClassName"))) {
			return new Health(Health.State.HEALTHY, "binds with its first pod");
		}
		return health;
	}

	private boolean bindsLate(@Nullable Object storageClass) {
		return storageClass != null && this.lateBinding.computeIfAbsent(storageClass.toString(), this::readBinding);
	}

	private boolean readBinding(String storageClass) {
		try {
			Optional<GenericKubernetesResource> found = this.server.find(STORAGE_CLASSES, "", storageClass);
			return found.map((live) -> "WaitForFirstConsumer".equals(live.get("volumeBindingMode"))).orElse(false);
		}
		catch (ApiRefusal ex) {
			return false; // not allowed to look: the claim itself is then waited for
		}
	}

}
