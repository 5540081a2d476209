package io.gennaker.activities.rollout.health;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import static io.gennaker.activities.rollout.health.Health.condition;
import static io.gennaker.activities.rollout.health.Health.failed;
import static io.gennaker.activities.rollout.health.Health.healthy;
import static io.gennaker.activities.rollout.health.Health.number;
import static io.gennaker.activities.rollout.health.Health.progressing;
import static io.gennaker.activities.rollout.health.Health.text;

/**
 * The rules of kstatus for what runs pods. Each assumes that the controller has seen the
 * newest generation, where it says so at all.
 */
final class WorkloadHealth {

	private WorkloadHealth() {
	}

	static Health deployment(GenericKubernetesResource object) {
		Optional<Health.Condition> progress = condition(object, "Progressing");
		if (progress.filter((it) -> it.isFalse() && it.reason().equals("ProgressDeadlineExceeded")).isPresent()) {
			return failed(progress.get().words());
		}
		if (unobserved(object)) {
			return progressing("its controller has not seen it yet");
		}
		long wanted = number(1, object, "spec", "replicas");
		long existing = number(0, object, "status", "replicas");
		long updated = number(0, object, "status", "updatedReplicas");
		long available = number(0, object, "status", "availableReplicas");
		if (isPaused(object)) {
			return isPausedWithChange(object) ? progressing("is paused, and its change is not rolled out")
					: (available < wanted) ? progressing(ready(object, wanted) + ", paused")
							: healthy(ready(object, wanted) + ", paused");
		}
		if (updated < wanted) {
			return progressing(updated + " of " + wanted + " updated");
		}
		if (existing > updated) {
			return progressing((existing - updated) + " old pods still to go");
		}
		if (available < wanted) {
			return progressing(ready(object, wanted));
		}
		boolean watched = object.get("spec", "progressDeadlineSeconds") != null;
		boolean settled = progress.filter((it) -> it.isTrue() && it.reason().equals("NewReplicaSetAvailable"))
			.isPresent();
		if (watched && !settled) {
			return progressing("its new ReplicaSet is not available yet");
		}
		return condition(object, "Available").filter(Health.Condition::isTrue).isPresent()
				? healthy(ready(object, wanted)) : progressing("is not available yet");
	}

	/**
	 * Whether a Deployment is paused.
	 */
	private static boolean isPaused(GenericKubernetesResource object) {
		return Boolean.TRUE.equals(object.get("spec", "paused"));
	}

	/**
	 * Whether a Deployment's controller rolls nothing out because it is paused, while
	 * there is something to roll out.
	 */
	static boolean isPausedWithChange(GenericKubernetesResource object) {
		long updated = number(0, object, "status", "updatedReplicas");
		return isPaused(object) && !unobserved(object) && (updated < number(1, object, "spec", "replicas")
				|| number(0, object, "status", "replicas") > updated);
	}

	static Health statefulSet(GenericKubernetesResource object) {
		if ("OnDelete".equals(text(object, "spec", "updateStrategy", "type"))) {
			return byHand(number(0, object, "status", "replicas"), number(0, object, "status", "updatedReplicas"));
		}
		if (unobserved(object)) {
			return progressing("its controller has not seen it yet");
		}
		long wanted = number(1, object, "spec", "replicas");
		long existing = number(0, object, "status", "replicas");
		if (existing < wanted || number(0, object, "status", "readyReplicas") < wanted) {
			return progressing(ready(object, wanted));
		}
		if (existing > wanted) {
			return progressing((existing - wanted) + " old pods still to go");
		}
		long updated = number(0, object, "status", "updatedReplicas");
		long partition = number(0, object, "spec", "updateStrategy", "rollingUpdate", "partition");
		if (partition > 0) {
			return (updated < wanted - partition)
					? progressing(updated + " of " + Math.max(0, wanted - partition) + " updated")
					: healthy("updated down to partition " + partition);
		}
		String update = text(object, "status", "updateRevision");
		if (update != null && !update.equals(text(object, "status", "currentRevision"))) {
			return progressing(updated + " of " + wanted + " updated");
		}
		return healthy(ready(object, wanted));
	}

	static Health daemonSet(GenericKubernetesResource object) {
		if ("OnDelete".equals(text(object, "spec", "updateStrategy", "type"))) {
			return byHand(number(0, object, "status", "desiredNumberScheduled"),
					number(0, object, "status", "updatedNumberScheduled"));
		}
		Long wanted = number(object, "status", "desiredNumberScheduled");
		if (wanted == null || unobserved(object)) {
			return progressing("its controller has not seen it yet");
		}
		long updated = number(0, object, "status", "updatedNumberScheduled");
		if (updated < wanted) {
			return progressing(updated + " of " + wanted + " updated");
		}
		long ready = Math.min(number(0, object, "status", "numberReady"),
				number(0, object, "status", "numberAvailable"));
		boolean all = ready >= wanted && number(0, object, "status", "currentNumberScheduled") >= wanted;
		String message = ready + " of " + wanted + " ready";
		return all ? healthy(message) : progressing(message);
	}

	private static Health byHand(long existing, long updated) {
		return healthy("its pods are replaced by hand"
				+ ((updated < existing) ? ": " + (existing - updated) + " of " + existing + " are old" : ""));
	}

	static Health replicaSet(GenericKubernetesResource object) {
		Optional<Health.Condition> failure = condition(object, "ReplicaFailure").filter(Health.Condition::isTrue);
		if (failure.isPresent()) {
			return progressing(failure.get().words());
		}
		if (unobserved(object)) {
			return progressing("its controller has not seen it yet");
		}
		long wanted = number(1, object, "spec", "replicas");
		long existing = number(0, object, "status", "replicas");
		boolean all = number(0, object, "status", "fullyLabeledReplicas") >= wanted
				&& number(0, object, "status", "availableReplicas") >= wanted
				&& number(0, object, "status", "readyReplicas") >= wanted;
		if (existing > wanted) {
			return progressing((existing - wanted) + " old pods still to go");
		}
		return all ? healthy(ready(object, wanted)) : progressing(ready(object, wanted));
	}

	static Health job(GenericKubernetesResource object) {
		Optional<Health.Condition> failure = condition(object, "Failed").filter(Health.Condition::isTrue);
		if (failure.isPresent()) {
			return failed(failure.get().words());
		}
		if (condition(object, "Complete").filter(Health.Condition::isTrue).isPresent()) {
			return healthy("complete");
		}
		if (isSuspended(object) || condition(object, "Suspended").filter(Health.Condition::isTrue).isPresent()) {
			return healthy("suspended");
		}
		if (text(object, "status", "startTime") == null) {
			return progressing("has not started yet");
		}
		return healthy("runs: " + number(0, object, "status", "active") + " active, "
				+ number(0, object, "status", "succeeded") + " succeeded, " + number(0, object, "status", "failed")
				+ " failed");
	}

	static Health cronJob(GenericKubernetesResource object) {
		return healthy(isSuspended(object) ? "suspended" : "");
	}

	private static boolean isSuspended(GenericKubernetesResource object) {
		return Boolean.TRUE.equals(object.get("spec", "suspend"));
	}

	static Health pod(GenericKubernetesResource object) {
		String phase = text(object, "status", "phase");
		return switch (phase) {
			case null -> progressing("has no phase yet");
			case "Succeeded" -> healthy("succeeded");
			case "Failed" -> failed(failure(object));
			case "Running" -> condition(object, "Ready").filter(Health.Condition::isTrue).isPresent() ? healthy("ready")
					: progressing("runs, not ready yet");
			default -> progressing(phase);
		};
	}

	private static String failure(GenericKubernetesResource pod) {
		String words = text(pod, "status", "message");
		String reason = text(pod, "status", "reason");
		return (words != null) ? words : (reason != null) ? reason : "its containers failed";
	}

	private static boolean unobserved(GenericKubernetesResource object) {
		return number(object, "status", "observedGeneration") == null;
	}

	private static String ready(GenericKubernetesResource object, long wanted) {
		return number(0, object, "status", "readyReplicas") + " of " + wanted + " ready";
	}

}
