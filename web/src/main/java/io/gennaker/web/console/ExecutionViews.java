package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.console.GraphDrawing.Caption;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.ExecutionPlans;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.RolloutObject;
import io.gennaker.web.execution.StoredJobLogs;
import io.gennaker.web.gate.Gate;
import io.gennaker.web.gate.GateReads;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Puts together what the page of an execution shows.
 */
@Component
class ExecutionViews {

	private static final List<Status> MOST_TELLING = List.of(Status.FAILED, Status.RUNNING, Status.WAITING,
			Status.PAUSED, Status.CANCELED);

	/**
	 * Stages with nothing to show but their wait, which stands above the graph anyway.
	 */
	private static final List<String> TOLD_ABOVE = List.of("approval", "wait");

	private final ExecutionReads executions;

	private final GateReads gates;

	private final ExecutionPlans plans;

	private final Inventory inventory;

	private final FailureViews failures;

	private final RolloutViews rollouts;

	private final StoredJobLogs logs;

	private final Words words;

	ExecutionViews(ExecutionReads executions, GateReads gates, ExecutionPlans plans, Inventory inventory,
			FailureViews failures, RolloutViews rollouts, StoredJobLogs logs, Words words) {
		this.executions = executions;
		this.gates = gates;
		this.plans = plans;
		this.inventory = inventory;
		this.failures = failures;
		this.rollouts = rollouts;
		this.logs = logs;
		this.words = words;
	}

	/**
	 * One execution.
	 * @param chosenStage the stage to show; null for the most telling
	 * @param chosenCluster the cluster to show; null for the most telling
	 */
	Optional<ExecutionView> find(UUID id, @Nullable String chosenStage, @Nullable String chosenCluster) {
		return this.executions.find(id).map((detail) -> view(detail, chosenStage, chosenCluster));
	}

	/**
	 * The pipeline as the execution has it; null where it can no longer be read with the
	 * clusters of today.
	 */
	@Nullable Pipeline pipeline(ExecutionDetail detail) {
		return switch (this.plans.pipeline(detail, this.inventory.clusters())) {
			case ReadResult.Valid(Pipeline pipeline) -> pipeline;
			case ReadResult.Invalid _ -> null;
		};
	}

	private ExecutionView view(ExecutionDetail detail, @Nullable String chosenStage, @Nullable String chosenCluster) {
		StageDetail stage = stage(detail, chosenStage);
		List<ClusterRollout> lanes = (stage != null) ? detail.clustersOf(stage.id()) : List.of();
		ClusterRollout cluster = cluster(lanes, chosenCluster);
		List<RolloutObject> objects = (cluster != null)
				? this.executions.objects(detail.id(), cluster.stageId(), cluster.cluster()) : List.of();
		Pipeline pipeline = pipeline(detail);
		GraphDrawing graph = (pipeline != null) ? graph(detail, pipeline, (stage != null) ? stage.id() : "") : null;
		List<Gate> open = this.gates.of(detail.id()).stream().filter(Gate::open).toList();
		Bindings bindings = detail.bindings();
		return new ExecutionView(detail, graph, open, in(detail, Status.WAITING), this.failures.of(detail),
				(bindings != null) ? everywhere(bindings) : List.of(), (bindings != null) ? own(bindings) : Map.of(),
				stage, (stage != null) ? this.rollouts.waves(detail, stage, pipeline) : List.of(),
				asking(detail, pipeline), cluster, objects, (cluster != null)
						? this.logs.find(detail.id(), cluster.stageId(), cluster.cluster()).orElse(null) : null);
	}

	private List<String> asking(ExecutionDetail detail, @Nullable Pipeline pipeline) {
		return in(detail, Status.WAITING).stream()
			.filter((stage) -> this.rollouts.asks(detail, stage, pipeline))
			.map(StageDetail::id)
			.toList();
	}

	private static List<StageDetail> in(ExecutionDetail detail, Status status) {
		return detail.stages().stream().filter((stage) -> stage.status() == status).toList();
	}

	private static List<BoundArtifact> everywhere(Bindings bindings) {
		List<BoundArtifact> images = new ArrayList<>(bindings.common().values());
		images.addAll(same(bindings));
		return images;
	}

	private static Map<String, List<BoundArtifact>> own(Bindings bindings) {
		Set<BoundArtifact> same = same(bindings);
		Map<String, List<BoundArtifact>> own = new TreeMap<>();
		bindings.byCluster().forEach((cluster, artifacts) -> {
			List<BoundArtifact> differing = artifacts.values()
				.stream()
				.filter((image) -> !same.contains(image))
				.toList();
			if (!differing.isEmpty()) {
				own.put(cluster, differing);
			}
		});
		return own;
	}

	private static Set<BoundArtifact> same(Bindings bindings) {
		Iterator<Map<String, BoundArtifact>> clusters = bindings.byCluster().values().iterator();
		Set<BoundArtifact> same = clusters.hasNext() ? new LinkedHashSet<>(clusters.next().values())
				: new LinkedHashSet<>();
		clusters.forEachRemaining((artifacts) -> same.retainAll(artifacts.values()));
		same.removeIf((image) -> bindings.common().containsKey(image.component()));
		return same;
	}

	private static @Nullable StageDetail stage(ExecutionDetail detail, @Nullable String chosen) {
		List<StageDetail> stages = detail.stages();
		Optional<StageDetail> named = stages.stream().filter((stage) -> stage.id().equals(chosen)).findFirst();
		if (named.isPresent() || stages.isEmpty()) {
			return named.orElse(null);
		}
		return MOST_TELLING.stream()
			.flatMap((status) -> in(detail, status).stream())
			.filter((stage) -> stage.startedAt() != null && !TOLD_ABOVE.contains(stage.type()))
			.findFirst()
			.or(() -> stages.reversed()
				.stream()
				.filter((stage) -> !detail.clustersOf(stage.id()).isEmpty())
				.findFirst())
			.orElse(stages.getFirst());
	}

	private static @Nullable ClusterRollout cluster(List<ClusterRollout> lanes, @Nullable String chosen) {
		return lanes.stream()
			.filter((lane) -> lane.cluster().equals(chosen))
			.findFirst()
			.or(() -> MOST_TELLING.stream()
				.flatMap((status) -> lanes.stream().filter((lane) -> lane.status() == status))
				.findFirst())
			.orElse(lanes.isEmpty() ? null : lanes.getFirst());
	}

	private GraphDrawing graph(ExecutionDetail detail, Pipeline pipeline, String current) {
		return GraphLayout.draw(new StageGraph(pipeline).columns(), (stage) -> caption(detail, stage, current));
	}

	private Caption caption(ExecutionDetail detail, Stage stage, String current) {
		StageDetail state = detail.stages()
			.stream()
			.filter((candidate) -> candidate.id().equals(stage.id()))
			.findFirst()
			.orElse(null);
		String href = UriComponentsBuilder.fromPath("/executions/{id}")
			.queryParam("stage", "{stage}")
			.encode()
			.buildAndExpand(detail.id(), stage.id())
			.toUriString();
		return new Caption((state != null) ? state.status() : Status.PENDING, note(detail, state), href,
				stage.id().equals(current));
	}

	private String note(ExecutionDetail detail, @Nullable StageDetail state) {
		if (state == null) {
			return "";
		}
		List<ClusterRollout> lanes = detail.clustersOf(state.id());
		if (!lanes.isEmpty()) {
			long done = lanes.stream().filter((lane) -> lane.status() == Status.SUCCEEDED).count();
			return this.words.text("graph.clusters", done, lanes.size());
		}
		String took = this.words.took(state.startedAt(), state.endedAt());
		return took.isEmpty() ? this.words.text("status." + state.status()) : took;
	}

}
