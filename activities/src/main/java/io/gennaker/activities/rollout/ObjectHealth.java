package io.gennaker.activities.rollout;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.gennaker.activities.rollout.health.Health;
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

	private final Map<String, Boolean> lateBinding = new HashMap<>();

	ObjectHealth(ApiServer server) {
		this.server = server;
	}

	Health of(PlacedObject object, GenericKubernetesResource live) {
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
