package io.gennaker.activities.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.gennaker.activities.rollout.health.Patience;
import io.gennaker.activities.rollout.health.Trouble;
import io.gennaker.activities.rollout.health.Troubles;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import org.jspecify.annotations.Nullable;

/**
 * Follows the troubles of a group's workloads and decides when one has lasted too long.
 */
final class TroubleWatch {

	private final NewestPods newest;

	private final PodEvidence evidence;

	private final SecretMask mask;

	private final Troubles troubles;

	/** Verdict by trouble, for each object. */
	private final Map<PlacedObject, Map<String, Instant>> verdicts = new HashMap<>();

	TroubleWatch(NewestPods newest, PodEvidence evidence, SecretMask mask, Patience patience) {
		this.newest = newest;
		this.evidence = evidence;
		this.mask = mask;
		this.troubles = new Troubles(patience);
	}

	/**
	 * An object's gravest trouble now; one without words where there is none.
	 */
	Finding look(PlacedObject object, GenericKubernetesResource live, GroupWatch watch, Instant now) {
		Map<String, Instant> before = this.verdicts.getOrDefault(object, Map.of());
		Map<String, Instant> after = new HashMap<>();
		Finding gravest = new Finding("", Instant.MAX, now);
		for (Suspect suspect : suspects(object, live, watch)) {
			Instant verdict = before.getOrDefault(suspect.key(), now.plus(suspect.trouble().patience()));
			after.put(suspect.key(), verdict);
			if (verdict.isBefore(gravest.verdict())) {
				gravest = new Finding(this.mask.mask(suspect.words()), verdict, now);
			}
		}
		this.verdicts.put(object, after);
		return gravest;
	}

	/**
	 * When the next trouble will have lasted too long.
	 */
	Optional<Instant> nextVerdict() {
		return this.verdicts.values().stream().flatMap((map) -> map.values().stream()).min(Instant::compareTo);
	}

	/**
	 * Everything that explains why an object is not healthy.
	 */
	String report(PlacedObject object, GenericKubernetesResource live, GroupWatch watch, String summary) {
		String head = object.title() + " will not become healthy: " + this.mask.mask(summary);
		Optional<Suspect> troubled = suspects(object, live, watch).stream()
			.filter((suspect) -> suspect.pod() != null)
			.findFirst();
		if (troubled.isPresent() && troubled.get().pod() != null) {
			return head + "\n" + this.evidence.of(troubled.get().pod(), troubled.get().trouble());
		}
		return watch.pods(object)
			.stream()
			.filter((pod) -> !isReady(pod) && this.newest.contains(live, pod))
			.findFirst()
			.map((pod) -> head + "\n" + this.evidence.of(pod, "", false))
			.orElse(head);
	}

	private List<Suspect> suspects(PlacedObject object, GenericKubernetesResource live, GroupWatch watch) {
		List<Suspect> suspects = new ArrayList<>();
		for (Pod pod : watch.pods(object)) {
			this.troubles.of(pod)
				.filter((trouble) -> this.newest.contains(live, pod))
				.ifPresent((trouble) -> suspects.add(new Suspect(trouble, pod)));
		}
		suspects.sort(Comparator.comparing((suspect) -> suspect.trouble().patience()));
		this.troubles.of(live).ifPresent((trouble) -> suspects.add(new Suspect(trouble, null)));
		watch.failedCreate(String.valueOf(live.getMetadata().getUid()))
			.filter((event) -> isOfThisApplication(event, live))
			.map((event) -> this.troubles.failedCreate(String.valueOf(event.getMessage())))
			.ifPresent((trouble) -> suspects.add(new Suspect(trouble, null)));
		return suspects;
	}

	private static boolean isOfThisApplication(Event event, GenericKubernetesResource live) {
		List<ManagedFieldsEntry> entries = live.getMetadata().getManagedFields();
		return entries.stream()
			.filter((entry) -> ApiServer.FIELD_MANAGER.equals(entry.getManager()) && entry.getTime() != null)
			.allMatch((entry) -> entry.getTime().compareTo(GroupWatch.time(event)) <= 0);
	}

	private static boolean isReady(Pod pod) {
		return pod.getStatus() != null && pod.getStatus().getConditions() != null && pod.getStatus()
			.getConditions()
			.stream()
			.anyMatch((condition) -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
	}

	/**
	 * A trouble that was found.
	 *
	 * @param words for people; empty for no trouble
	 * @param verdict from when on it counts
	 * @param now when it was looked at
	 */
	record Finding(String words, Instant verdict, Instant now) {

		boolean isFinal() {
			return !this.now.isBefore(this.verdict);
		}

	}

	private record Suspect(Trouble trouble, @Nullable Pod pod) {

		String key() {
			return (this.pod != null) ? this.pod.getMetadata().getUid() + " " + this.trouble.reason()
					: this.trouble.reason();
		}

		String words() {
			return (this.pod != null) ? "pod " + this.pod.getMetadata().getName() + ": " + this.trouble.words()
					: this.trouble.words();
		}

	}

}
