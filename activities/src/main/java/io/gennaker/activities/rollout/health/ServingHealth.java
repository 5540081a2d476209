package io.gennaker.activities.rollout.health;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import static io.gennaker.activities.rollout.health.Health.condition;
import static io.gennaker.activities.rollout.health.Health.failed;
import static io.gennaker.activities.rollout.health.Health.healthy;
import static io.gennaker.activities.rollout.health.Health.progressing;
import static io.gennaker.activities.rollout.health.Health.text;

/**
 * The rules for what stands around workloads: addresses, storage, scaling, and the APIs
 * themselves.
 */
final class ServingHealth {

	private ServingHealth() {
	}

	/**
	 * As kstatus has it, a load balancer's address is not waited for: where no provider
	 * gives one, none ever comes.
	 */
	static Health service(GenericKubernetesResource object) {
		if (!"LoadBalancer".equals(text(object, "spec", "type"))) {
			return healthy("");
		}
		if (text(object, "spec", "clusterIP") == null) {
			return progressing("has no cluster IP yet");
		}
		return addresses(object);
	}

	static Health ingress(GenericKubernetesResource object) {
		return addresses(object);
	}

	private static Health addresses(GenericKubernetesResource object) {
		if (!(object.get("status", "loadBalancer", "ingress") instanceof List<?> points) || points.isEmpty()) {
			return healthy("no address yet");
		}
		List<String> addresses = points.stream()
			.filter(Map.class::isInstance)
			.map((point) -> (Map<?, ?>) point)
			.map((point) -> (point.get("hostname") != null) ? point.get("hostname") : point.get("ip"))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.toList();
		return healthy(addresses.isEmpty() ? "no address yet" : "at " + String.join(", ", addresses));
	}

	static Health claim(GenericKubernetesResource object) {
		String phase = text(object, "status", "phase");
		return switch (phase) {
			case null -> progressing("has no phase yet");
			case "Bound" -> healthy(phase);
			case "Lost" -> failed("Lost: the volume that it was bound to is gone");
			default -> progressing(phase);
		};
	}

	static Health namespace(GenericKubernetesResource object) {
		String phase = text(object, "status", "phase");
		return switch (phase) {
			case null -> progressing("has no phase yet");
			case "Active" -> healthy(phase);
			default -> progressing(phase);
		};
	}

	/**
	 * An autoscaler without metrics leaves its workload as it is, so it holds up nothing;
	 * that it cannot scale is said.
	 */
	static Health autoscaler(GenericKubernetesResource object) {
		return condition(object, "AbleToScale").filter(Health.Condition::isFalse)
			.or(() -> condition(object, "ScalingActive").filter(Health.Condition::isFalse))
			.map((unable) -> healthy("does not scale now: " + unable.words()))
			.orElseGet(() -> healthy(""));
	}

	static Health budget(GenericKubernetesResource object) {
		return condition(object, "DisruptionAllowed").filter(Health.Condition::isFalse)
			.map((closed) -> healthy("allows no disruption now: " + closed.words()))
			.orElseGet(() -> healthy(""));
	}

	static Health definition(GenericKubernetesResource object) {
		Optional<Health.Condition> refused = condition(object, "NamesAccepted").filter(Health.Condition::isFalse);
		if (refused.isPresent()) {
			return failed(refused.get().words());
		}
		return condition(object, "Established").filter(Health.Condition::isTrue).isPresent() ? healthy("established")
				: progressing("is not established yet");
	}

	static Health apiService(GenericKubernetesResource object) {
		Optional<Health.Condition> available = condition(object, "Available");
		if (available.isEmpty()) {
			return progressing("is not available yet");
		}
		return available.get().isTrue() ? healthy("available") : progressing(available.get().words());
	}

}
