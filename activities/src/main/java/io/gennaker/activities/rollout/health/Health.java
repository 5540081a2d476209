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
		Health unsettled = unsettled(object);
		if (unsettled != null) {
			return unsettled;
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
			case "batch/CronJob" -> WorkloadHealth.cronJob(object);
			case "/Pod" -> WorkloadHealth.pod(object);
			case "/Service" -> ServingHealth.service(object);
			case "/PersistentVolumeClaim" -> ServingHealth.claim(object);
			case "/Namespace" -> ServingHealth.namespace(object);
			case "networking.k8s.io/Ingress" -> ServingHealth.ingress(object);
			case "autoscaling/HorizontalPodAutoscaler" -> ServingHealth.autoscaler(object);
			case "policy/PodDisruptionBudget" -> ServingHealth.budget(object);
			case "apiextensions.k8s.io/CustomResourceDefinition" -> ServingHealth.definition(object);
			case "apiregistration.k8s.io/APIService" -> ServingHealth.apiService(object);
			default -> ConditionHealth.of(object);
		};
	}

	/**
	 * What holds for every kind: an object that goes, or whose controller still speaks of
	 * an earlier generation, is not what its spec asks for, whatever its status says.
	 */
	static @Nullable Health unsettled(GenericKubernetesResource object) {
		if (object.getMetadata().getDeletionTimestamp() != null) {
			return progressing("is being deleted");
		}
		Long observed = number(object, "status", "observedGeneration");
		Long generation = object.getMetadata().getGeneration();
		if (observed != null && generation != null && !observed.equals(generation)) {
			return progressing("its controller has not yet seen generation " + generation);
		}
		return null;
	}

	private static @Nullable Health generic(GenericKubernetesResource object) {
		Optional<Condition> stalled = condition(object, "Stalled").filter(Condition::isTrue);
		if (stalled.isPresent()) {
			return failed(stalled.get().words());
		}
		return condition(object, "Reconciling").filter(Condition::isTrue)
			.map((reconciling) -> progressing(reconciling.words()))
			.orElse(null);
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
		return switch (object.get(path)) {
			case Number number -> number.longValue();
			// some controllers write their observedGeneration as text
			case String text when text.matches("[0-9]{1,18}") -> Long.valueOf(text);
			case null, default -> null;
		};
	}

	static long number(long fallback, GenericKubernetesResource object, Object... path) {
		Long number = number(object, path);
		return (number != null) ? number : fallback;
	}

	/**
	 * An entry of {@code status.conditions}.
	 */
	record Condition(String type, String status, String reason, String message, @Nullable Long observedGeneration) {

		static Condition of(Map<?, ?> map) {
			return new Condition(text(map, "type"), text(map, "status"), text(map, "reason"), text(map, "message"),
					(map.get("observedGeneration") instanceof Number number) ? (Long) number.longValue() : null);
		}

		/**
		 * Whether it speaks of an earlier generation of its object.
		 */
		boolean isStale(GenericKubernetesResource object) {
			Long generation = object.getMetadata().getGeneration();
			return this.observedGeneration != null && generation != null && this.observedGeneration < generation;
		}

		boolean isTrue() {
			return this.status.equals("True");
		}

		boolean isFalse() {
			return this.status.equals("False");
		}

		String words() {
			if (this.reason.isEmpty() && this.message.isEmpty()) {
				return "its condition " + this.type + " is " + this.status;
			}
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
