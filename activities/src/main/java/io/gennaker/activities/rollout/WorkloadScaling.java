package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.model.ClusterOperation;

/**
 * Gives workloads a number of replicas. What an autoscaler scales is left alone unless
 * the stage says otherwise: it would take the number back within seconds. The next
 * release brings its own number, if it names one.
 */
final class WorkloadScaling {

	private static final String MANAGER = "gennaker-scale";

	private static final ApiKind AUTOSCALERS = new ApiKind("autoscaling", "v2", "HorizontalPodAutoscaler",
			"horizontalpodautoscalers", true);

	private final OperationScene scene;

	private final ClusterOperation.Scale scale;

	WorkloadScaling(OperationScene scene, ClusterOperation.Scale scale) {
		this.scene = scene;
		this.scale = scale;
	}

	String run() {
		long replicas = replicas();
		List<Manifest> found = this.scene.require(this.scale.objects());
		found.forEach(this::check);
		List<PlacedObject> objects = this.scene.place(found, new PlacedObject.Role.Member());
		ProgressLog log = this.scene.log();
		for (PlacedObject object : objects) {
			this.scene.heartbeat().tell(this.scene.heartbeat().latest().at(object.title()));
			boolean same = object.manifest().text("spec", "replicas").equals(String.valueOf(replicas));
			if (!same) {
				new FieldClaims(this.scene.server(), object.kind(), MANAGER).patch(object.manifest(),
						"application/merge-patch+json", Map.of("spec", Map.of("replicas", replicas)));
			}
			log.tell(object, same ? ObjectState.UNCHANGED : ObjectState.APPLIED, "");
		}
		this.scene.awaitHealthy(objects, new SecretMask(List.of()));
		return "scaled " + OperationScene.titles(found) + " to " + replicas;
	}

	private long replicas() {
		String text = this.scene.text(this.scale.replicas()).strip();
		if (!text.matches("[0-9]{1,7}")) {
			throw new ManifestException("replicas is '" + text + "' here, which is not a whole number from 0 on");
		}
		return Long.parseLong(text);
	}

	private void check(Manifest workload) {
		if (!(workload.at("spec", "replicas") instanceof Number)) {
			throw new ManifestException(workload.title() + " has no spec.replicas to set");
		}
		if (this.scale.override()) {
			return;
		}
		for (Manifest autoscaler : this.scene.server().list(AUTOSCALERS, workload.namespace(), "")) {
			if (autoscaler.text("spec", "scaleTargetRef", "kind").equals(workload.kind())
					&& autoscaler.text("spec", "scaleTargetRef", "name").equals(workload.name())) {
				throw new ManifestException(
						"HorizontalPodAutoscaler %s decides the replicas of %s, from %s to %s: patch those limits, or write override: true to scale against it"
							.formatted(autoscaler.name(), workload.title(), limit(autoscaler, "minReplicas"),
									limit(autoscaler, "maxReplicas")));
			}
		}
	}

	private static String limit(Manifest autoscaler, String name) {
		String limit = autoscaler.text("spec", name);
		return limit.isEmpty() ? "1" : limit;
	}

}
