package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.model.ClusterOperation;

/**
 * Restarts workloads by a mark in their pod templates, as {@code kubectl rollout restart}
 * does. The mark names the execution and its stage, so that a repetition restarts
 * nothing; it belongs to a field manager of its own, so that the next release neither
 * takes it away, which would restart once more, nor meets a conflict.
 */
final class RollingRestart {

	/** The annotation of pod templates that tells which run restarted them. */
	static final String MARK = "gennaker.io/restarted-by";

	private static final String MANAGER = "gennaker-restart";

	private final OperationScene scene;

	private final ClusterOperation.Restart restart;

	RollingRestart(OperationScene scene, ClusterOperation.Restart restart) {
		this.scene = scene;
		this.restart = restart;
	}

	String run() {
		List<Manifest> found = this.scene.require(this.restart.objects());
		found.forEach(RollingRestart::check);
		List<PlacedObject> objects = this.scene.place(found, new PlacedObject.Role.Member());
		ProgressLog log = this.scene.log();
		for (PlacedObject object : objects) {
			this.scene.heartbeat().tell(this.scene.heartbeat().latest().at(object.title()));
			this.scene.server().apply(object.kind(), mark(object.manifest()), MANAGER);
			log.tell(object, ObjectState.APPLIED, "");
		}
		this.scene.awaitHealthy(objects, new SecretMask(List.of()));
		return "restarted " + OperationScene.titles(found);
	}

	private static void check(Manifest workload) {
		if (!(workload.at("spec", "template") instanceof Map<?, ?>)) {
			throw new ManifestException(workload.title() + " has no pod template, so there is nothing to restart");
		}
		if (workload.text("spec", "paused").equals("true")) {
			throw new ManifestException(workload.title()
					+ " is paused, so its pods would not be replaced: resume it first (kubectl rollout resume)");
		}
	}

	private Manifest mark(Manifest workload) {
		return new Manifest(Map.of("apiVersion", workload.apiVersion(), "kind", workload.kind(), "metadata",
				Map.of("name", workload.name(), "namespace", workload.namespace())))
			.with(this.scene.run(), "spec", "template", "metadata", "annotations", MARK);
	}

}
