package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.model.ClusterOperation;
import org.jspecify.annotations.Nullable;

/**
 * Deletes objects, with what they own, and waits until they are gone.
 */
final class ObjectDeletion {

	/** The heartbeat's mark of an attempt that began to delete. */
	private static final String BEGUN = "deletes ";

	/** For so long a wait hears nothing of a cancellation. */
	private static final Duration SLICE = Duration.ofSeconds(2);

	private final OperationScene scene;

	private final ClusterOperation.Delete delete;

	ObjectDeletion(OperationScene scene, ClusterOperation.Delete delete) {
		this.scene = scene;
		this.delete = delete;
	}

	String run() {
		Heartbeat heartbeat = this.scene.heartbeat();
		List<Manifest> found = this.scene.find(this.delete.objects());
		boolean begun = heartbeat.latest().at().startsWith(BEGUN);
		if (found.isEmpty() && !begun && !this.delete.ignoreMissing()) {
			throw new ManifestException(this.scene.missing(this.delete.objects()));
		}
		if (found.isEmpty()) {
			return begun ? "deleted " + this.delete.objects().title()
					: "nothing to delete: " + this.scene.missing(this.delete.objects());
		}
		List<PlacedObject> objects = this.scene.place(found, new PlacedObject.Role.Member());
		ProgressLog log = this.scene.log();
		for (PlacedObject object : objects) {
			heartbeat.tell(heartbeat.latest().at(BEGUN + object.title()));
			this.scene.server().delete(object.kind(), object.manifest());
			log.tell(object, ObjectState.PROGRESSING, "is being deleted");
		}
		for (PlacedObject object : objects) {
			awaitGone(object, log);
			log.tell(object, ObjectState.HEALTHY, "is gone");
		}
		return "deleted " + OperationScene.titles(found);
	}

	private void awaitGone(PlacedObject object, ProgressLog log) {
		String uid = object.manifest().text("metadata", "uid");
		while (!gone(object, uid)) {
			this.scene.heartbeat().tell(this.scene.heartbeat().latest());
			if (!this.scene.clock().instant().isBefore(this.scene.deadline())) {
				String words = "is still there" + finalizers(object);
				log.tell(object, ObjectState.FAILED, words);
				throw new UnhealthyException(object.title() + " " + words);
			}
		}
	}

	private boolean gone(PlacedObject object, String uid) {
		Duration wait = (this.scene.left().compareTo(SLICE) < 0) ? this.scene.left() : SLICE;
		try {
			ClusterResources.of(this.scene.server().client(), object.kind(), object.namespace())
				.withName(object.manifest().name())
				.waitUntilCondition((live) -> isGone(live, uid), wait.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (KubernetesClientTimeoutException ex) {
			return false;
		}
		catch (KubernetesClientException ex) {
			throw this.scene.server().unreachable("wait for " + object.title() + " to be gone", ex);
		}
	}

	private static boolean isGone(@Nullable GenericKubernetesResource live, String uid) {
		return live == null || !uid.equals(live.getMetadata().getUid());
	}

	private String finalizers(PlacedObject object) {
		return this.scene.server()
			.find(object.kind(), object.manifest())
			.map((live) -> live.getMetadata().getFinalizers())
			.filter((finalizers) -> !finalizers.isEmpty())
			.map((finalizers) -> ": it waits for " + String.join(", ", finalizers))
			.orElse("");
	}

}
