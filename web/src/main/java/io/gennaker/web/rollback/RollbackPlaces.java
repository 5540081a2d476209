package io.gennaker.web.rollback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.rollback.RollbackPreview.Place;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Where an execution went, and what ran there before.
 */
@Component
class RollbackPlaces {

	/** Releases of a place that a person may choose from. */
	private static final int KEPT = 30;

	private final ReleaseReads releases;

	private final Inventory inventory;

	RollbackPlaces(ReleaseReads releases, Inventory inventory) {
		this.releases = releases;
		this.inventory = inventory;
	}

	/**
	 * Every place that the execution began to change, the last first.
	 */
	List<Place> of(ExecutionDetail execution) {
		Map<String, Boolean> reachable = reachable();
		List<Place> places = new ArrayList<>();
		for (ClusterRollout rollout : execution.clusters()) {
			Instant began = rollout.startedAt();
			if (began != null && rollout.namespace() != null && rollout.release() != null) {
				places.add(place(execution, rollout, began, reachable));
			}
		}
		List<String> stages = execution.stages().stream().map(ExecutionDetail.StageDetail::id).toList();
		places.sort(Comparator.<Place>comparingInt((place) -> stages.indexOf(place.stage()))
			.thenComparingInt(Place::wave)
			.reversed()
			.thenComparing(Place::cluster));
		return places;
	}

	private Place place(ExecutionDetail execution, ClusterRollout rollout, Instant began,
			Map<String, Boolean> reachable) {
		String namespace = Objects.requireNonNull(rollout.namespace());
		String name = Objects.requireNonNull(rollout.release());
		List<Release> kept = this.releases.history(rollout.cluster(), namespace, name, KEPT);
		Optional<Release> before = this.releases.whenBegan(execution.id(), rollout.cluster(), namespace, name, began);
		Place place = new Place(rollout.stageId(), rollout.cluster(), namespace, name, rollout.wave(),
				kept.isEmpty() ? null : kept.getFirst(), before.orElse(null), kept, null,
				reachable.getOrDefault(rollout.cluster(), true));
		return checked(place, reachable, "nothing ran here before " + title(execution));
	}

	/**
	 * One place, with what left its newest release.
	 * @param now the newest release there
	 */
	Place of(Release now, int wave) {
		Map<String, Boolean> reachable = reachable();
		List<Release> kept = this.releases.history(now.cluster(), now.namespace(), now.release(), KEPT);
		Release before = this.releases.before(now.executionId(), now.cluster(), now.namespace(), now.release())
			.orElse(null);
		Place place = new Place(now.stageId(), now.cluster(), now.namespace(), now.release(), wave, now, before, kept,
				null, reachable.getOrDefault(now.cluster(), true));
		return checked(place, reachable, "nothing ran here before " + now.pipeline() + " #" + now.number());
	}

	private static Place checked(Place place, Map<String, Boolean> reachable, String nothing) {
		if (!reachable.containsKey(place.cluster())) {
			return place.leftOut("the inventory no longer has this cluster");
		}
		return (place.to() == null) ? place.leftOut(nothing) : place;
	}

	/**
	 * The clusters that there are, and whether they answered last.
	 */
	private Map<String, Boolean> reachable() {
		Map<String, Boolean> reachable = new TreeMap<>();
		this.inventory.clusters().forEach((cluster) -> reachable.put(cluster.name(), true));
		this.inventory.reachability()
			.stream()
			.filter((place) -> place.checkedAt() != null)
			.forEach((place) -> reachable.replace(place.cluster().name(), place.reachable()));
		return reachable;
	}

	/**
	 * The release of a place with an id.
	 */
	static @Nullable Release choice(Place place, long id) {
		return place.choices().stream().filter((release) -> release.id() == id).findFirst().orElse(null);
	}

	static String title(ExecutionDetail execution) {
		return execution.pipeline() + " #" + execution.number();
	}

}
