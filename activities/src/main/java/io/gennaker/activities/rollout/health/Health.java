package io.gennaker.activities.rollout.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object is what its spec asks for, by the rules of kstatus.
 *
 * @param state where it stands
 * @param message in words for people, such as {@code 2 of 3 ready}
 * @see <a href=
 * "https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus">kstatus</a>
 */
public record Health(State state, String message) {

	/**
	 * Where an object stands.
	 */
	public enum State {

		/** It is what its spec asks for. */
		HEALTHY,
		/** It may become so. */
		PROGRESSING,
		/** It says itself that it will not. */
		FAILED

	}

	/**
	 * An object's health.
	 * @param object the object as the API server returned it
	 */
	public static Health of(GenericKubernetesResource object) {
		if (object.getMetadata().getDeletionTimestamp() != null) {
			return progressing("is being deleted");
		}
		Health generic = generic(object);
		return (generic != null) ? generic : ofKind(object);
	}

	/**
	 * The health of an object that is run to its end, such as a migration's Job: it is
	 * healthy once it has succeeded.
	 */
	public static Health ofRun(GenericKubernetesResource object) {
		Health health = of(object);
		if (health.state() != State.HEALTHY) {
			return health;
		}
		return switch (object.getKind()) {
			case "Job" -> condition(object, "Complete").filter(Condition::isTrue).isPresent() ? health
					: progressing(health.message());
			case "Pod" -> "Succeeded".equals(text(object, "status", "phase")) ? health : progressing("runs");
			default -> health;
		};
	}

	static Health healthy(String message) {
		return new Health(State.HEALTHY, message);
	}

	static Health progressing(String message) {
		return new Health(State.PROGRESSING, message);
	}

	static Health failed(String message) {
		return new Health(State.FAILED, message);
	}

	private static Health ofKind(GenericKubernetesResource object) {
		String group = object.getApiVersion().replaceFirst("/?[^/]*$", "");
		return switch (group + "/" + object.getKind()) {
			case "apps/Deployment" -> WorkloadHealth.deployment(object);
			case "apps/StatefulSet" -> WorkloadHealth.statefulSet(object);
			case "apps/DaemonSet" -> WorkloadHealth.daemonSet(object);
			case "apps/ReplicaSet" -> WorkloadHealth.replicaSet(object);
			case "batch/Job" -> WorkloadHealth.job(object);
			case "/Pod" -> WorkloadHealth.pod(object);
			case "/Service" -> service(object);
			case "/PersistentVolumeClaim" -> phase(object, "Bound");
			case "/Namespace" -> phase(object, "Active");
			case "apiextensions.k8s.io/CustomResourceDefinition" -> definition(object);
			default -> byReadyCondition(object);
		};
	}

	private static @Nullable Health generic(GenericKubernetesResource object) {
		Long observed = number(object, "status", "observedGeneration");
		Long generation = object.getMetadata().getGeneration();
		if (observed != null && generation != null && !observed.equals(generation)) {
			return progressing("its controller has not yet seen generation " + generation);
		}
		Optional<Condition> stalled = condition(object, "Stalled").filter(Condition::isTrue);
		if (stalled.isPresent()) {
			return failed(stalled.get().words());
		}
		return condition(object, "Reconciling").filter(Condition::isTrue)
			.map((reconciling) -> progressing(reconciling.words()))
			.orElse(null);
	}

	private static Health byReadyCondition(GenericKubernetesResource object) {
		return condition(object, "Ready").filter((ready) -> !ready.isTrue())
			.map((ready) -> progressing(ready.words()))
			.orElseGet(() -> healthy(""));
	}

	private static Health service(GenericKubernetesResource object) {
		boolean balanced = "LoadBalancer".equals(text(object, "spec", "type"));
		return (balanced && text(object, "spec", "clusterIP") == null) ? progressing("has no cluster IP yet")
				: healthy("");
	}

	private static Health phase(GenericKubernetesResource object, String healthy) {
		String phase = text(object, "status", "phase");
		if (phase == null) {
			return progressing("has no phase yet");
		}
		return phase.equals(healthy) ? healthy(phase) : progressing(phase);
	}

	private static Health definition(GenericKubernetesResource object) {
		Optional<Condition> refused = condition(object, "NamesAccepted").filter(Condition::isFalse);
		if (refused.isPresent()) {
			return failed(refused.get().words());
		}
		return condition(object, "Established").filter(Condition::isTrue).isPresent() ? healthy("established")
				: progressing("is not established yet");
	}

	static Optional<Condition> condition(GenericKubernetesResource object, String type) {
		if (!(object.get("status", "conditions") instanceof List<?> conditions)) {
			return Optional.empty();
		}
		return conditions.stream()
			.filter((item) -> item instanceof Map<?, ?> map && type.equals(map.get("type")))
			.map((item) -> Condition.of((Map<?, ?>) item))
			.findFirst();
	}

	static @Nullable String text(GenericKubernetesResource object, Object... path) {
		Object value = object.get(path);
		return (value == null || value.toString().isEmpty()) ? null : value.toString();
	}

	static @Nullable Long number(GenericKubernetesResource object, Object... path) {
		return (object.get(path) instanceof Number number) ? (Long) number.longValue() : null;
	}

	static long number(long fallback, GenericKubernetesResource object, Object... path) {
		Long number = number(object, path);
		return (number != null) ? number : fallback;
	}

	/**
	 * An entry of {@code status.conditions}.
	 */
	record Condition(String status, String reason, String message) {

		static Condition of(Map<?, ?> map) {
			return new Condition(text(map, "status"), text(map, "reason"), text(map, "message"));
		}

		boolean isTrue() {
			return this.status.equals("True");
		}

		boolean isFalse() {
			return this.status.equals("False");
		}

		String words() {
			if (this.reason.isEmpty() || this.message.isEmpty()) {
				return this.reason + this.message;
			}
			return this.reason + ": " + this.message;
		}

		private static String text(Map<?, ?> map, String key) {
			Object value = map.get(key);
			return (value != null) ? value.toString() : "";
		}
	}

}
