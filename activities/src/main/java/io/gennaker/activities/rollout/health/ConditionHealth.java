package io.gennaker.activities.rollout.health;

import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.gennaker.activities.rollout.health.Health.Condition;

import static io.gennaker.activities.rollout.health.Health.condition;
import static io.gennaker.activities.rollout.health.Health.failed;
import static io.gennaker.activities.rollout.health.Health.healthy;
import static io.gennaker.activities.rollout.health.Health.progressing;

/**
 * The health of kinds that nobody knows, by the conditions that controllers agree on.
 * What says nothing of itself is healthy, as kstatus has it.
 */
final class ConditionHealth {

	/** With these, {@code Progressing} stays true when there is nothing more to do. */
	private static final Set<String> SETTLED = Set.of("NewReplicaSetAvailable", "AsExpected", "Complete", "Completed",
			"Succeeded", "Finished", "Available", "Ready");

	private ConditionHealth() {
	}

	static Health of(GenericKubernetesResource object) {
		Optional<Condition> failure = condition(object, "Failed").filter(Condition::isTrue);
		if (failure.isPresent()) {
			return failed(failure.get().words());
		}
		Optional<Condition> progress = condition(object, "Progressing");
		if (progress.filter((it) -> it.isFalse() && it.reason().endsWith("DeadlineExceeded")).isPresent()) {
			return failed(progress.get().words());
		}
		Optional<Condition> missing = missing(object, "Ready").or(() -> missing(object, "Available"));
		if (missing.isPresent()) {
			return progressing(words(missing.get(), object));
		}
		boolean ready = condition(object, "Ready").isPresent();
		return progress.filter((it) -> !ready && it.isTrue() && !SETTLED.contains(it.reason()))
			.map((it) -> progressing(it.words()))
			.orElseGet(() -> healthy(""));
	}

	private static Optional<Condition> missing(GenericKubernetesResource object, String type) {
		return condition(object, type).filter((found) -> !found.isTrue() || found.isStale(object));
	}

	private static String words(Condition missing, GenericKubernetesResource object) {
		return missing.isStale(object) ? "its condition " + missing.type() + " is of generation "
				+ missing.observedGeneration() + ", not yet of " + object.getMetadata().getGeneration()
				: missing.words();
	}

}
