package io.gennaker.web.rollback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.RollbackRules;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Values;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.release.Release;
import io.gennaker.web.rollback.RollbackPreview.Place;
import io.gennaker.web.rollback.RollbackPreviews.Prepared;
import io.gennaker.workflows.release.ReleaseKind.KeptRelease;
import org.jspecify.annotations.Nullable;

/**
 * Makes the graph of a rollback: the deploys of what is taken back, what came last first;
 * in each the last wave first, and in each cluster the last group of components first. A
 * cluster that does not answer goes by a stage of its own, for which nobody waits.
 */
final class RollbackGraph {

	private static final String GATE = "approve-rollback";

	private static final String AWAY = "-away";

	/** It never waits for executions of its pipeline: the places have locks. */
	private static final Concurrency AT_ONCE = new Concurrency(1_000_000, Concurrency.WhenBusy.QUEUE);

	private final Prepared prepared;

	/** The places that answer, by stage, the last stage first. */
	private final Map<String, List<Place>> places = new LinkedHashMap<>();

	private final Map<String, List<Place>> away = new LinkedHashMap<>();

	private final Map<String, Stage> stages = new LinkedHashMap<>();

	private final Map<String, Target> targets = new LinkedHashMap<>();

	private final List<KeptRelease> releases = new ArrayList<>();

	private RollbackGraph(Prepared prepared) {
		this.prepared = prepared;
		prepared.preview()
			.going()
			.forEach((place) -> (place.reachable() ? this.places : this.away)
				.computeIfAbsent(place.stage(), (_) -> new ArrayList<>())
				.add(place));
	}

	static Made of(Prepared prepared) {
		return new RollbackGraph(prepared).make();
	}

	private Made make() {
		List<String> gate = gate(this.prepared.preview().approval());
		this.places.forEach((stage, places) -> {
			List<String> needs = needs(stage);
			deploy(stage, stage, places, needs.isEmpty() ? gate : needs);
		});
		this.away.forEach((stage, places) -> deploy(free(stage + AWAY), stage, places, gate));
		Pipeline original = this.prepared.original();
		Pipeline pipeline = new Pipeline(this.prepared.execution().pipeline(), "", Map.of(),
				(original != null) ? original.artifacts() : Map.of(), this.targets, Map.of(), AT_ONCE, this.stages,
				Values.NONE, (original != null) ? original.health() : List.of(), RollbackRules.NONE);
		return new Made(pipeline, this.releases);
	}

	private List<String> gate(RollbackRules.@Nullable Approval approval) {
		if (approval == null) {
			return List.of();
		}
		String id = free(GATE);
		Stage.Options options = new Stage.Options(List.of(), null, approval.timeout(), OnFailure.FAIL);
		this.stages.put(id,
				new Stage.Approval(id, options, approval.approvers(), approval.count(), approval.selfApproval(), ""));
		return List.of(id);
	}

	private void deploy(String id, String stage, List<Place> places, List<String> needs) {
		Stage.Deploy original = original(stage);
		Map<Integer, List<String>> waves = new TreeMap<>();
		places.forEach((place) -> waves.computeIfAbsent(-place.wave(), (_) -> new ArrayList<>()).add(place.cluster()));
		this.stages.put(id,
				new Stage.Deploy(id, new Stage.Options(needs, null, null, OnFailure.CONTINUE), id, null,
						(original != null) ? original.order().reversed() : List.of(), List.copyOf(waves.values()),
						(original != null) ? original.maxParallel() : null, places.size(), Duration.ZERO,
						(original != null) ? original.applying() : Applying.DEFAULT, Pacing.NONE));
		this.targets.put(id,
				new Target(new ClusterSelector.Named(waves.values().stream().flatMap(List::stream).toList()),
						places.getFirst().namespace(), List.of(), Map.of()));
		for (Place place : places) {
			Release to = place.to();
			if (to != null) {
				this.releases.add(new KeptRelease(id, place.cluster(), place.namespace(), place.release(),
						to.pipeline() + " #" + to.number(), to.bake(), to.manifests(), to.artifacts()));
			}
		}
	}

	private Stage.@Nullable Deploy original(String stage) {
		Pipeline pipeline = this.prepared.original();
		return (pipeline != null && pipeline.stages().get(stage) instanceof Stage.Deploy deploy) ? deploy : null;
	}

	/**
	 * The stages that must have gone back before: those that came after. One that another
	 * of them waits for already is left out.
	 */
	private List<String> needs(String stage) {
		Set<String> later = later(stage);
		return later.stream().filter((one) -> later.stream().noneMatch((other) -> later(other).contains(one))).toList();
	}

	private Set<String> later(String stage) {
		Set<String> later = new LinkedHashSet<>(this.places.keySet());
		Pipeline pipeline = this.prepared.original();
		if (pipeline != null && pipeline.stages().keySet().containsAll(this.places.keySet())) {
			later.retainAll(new StageGraph(pipeline).descendants(stage));
			return later;
		}
		List<String> order = new ArrayList<>(this.places.keySet());
		later.retainAll(order.subList(0, order.indexOf(stage)));
		return later;
	}

	private String free(String id) {
		String free = id;
		while (this.stages.containsKey(free) || this.places.containsKey(free)) {
			free += "-";
			free += this.stages.size();
		}
		return free;
	}

	/**
	 * What was made.
	 *
	 * @param releases what comes back, one for each cluster of each deploy
	 */
	record Made(Pipeline pipeline, List<KeptRelease> releases) {
	}

}
