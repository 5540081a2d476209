package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.console.GateView.ImageChange;
import io.gennaker.web.console.GateView.Place;
import io.gennaker.web.console.GateView.Refusal;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionPlans;
import io.gennaker.web.gate.Approvers.Approver;
import io.gennaker.web.gate.Gate;
import io.gennaker.web.gate.GateReads;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts together what somebody must know to decide a gate.
 */
@Component
class GateViews {

	private final GateReads gates;

	private final BakeReads bakes;

	private final ReleaseReads releases;

	private final ExecutionViews executions;

	private final ExecutionPlans plans;

	private final Inventory inventory;

	private final Words words;

	GateViews(GateReads gates, BakeReads bakes, ReleaseReads releases, ExecutionViews executions, ExecutionPlans plans,
			Inventory inventory, Words words) {
		this.gates = gates;
		this.bakes = bakes;
		this.releases = releases;
		this.executions = executions;
		this.plans = plans;
		this.inventory = inventory;
		this.words = words;
	}

	/**
	 * One gate of an execution; empty while it was never opened.
	 */
	Optional<GateView> find(ExecutionDetail execution, String stageId, Approver person) {
		UUID id = execution.id();
		return this.gates.find(id, stageId)
			.map((gate) -> new GateView(gate, this.gates.decisions(id, stageId), refusal(gate, person),
					places(execution, gate)));
	}

	private @Nullable Refusal refusal(Gate gate, Approver person) {
		if (!gate.open()) {
			return new Refusal("gate.refused.closed", new Object[] { (gate.outcome() != null) ? gate.outcome() : "" });
		}
		Gate.Decision own = this.gates.decisions(gate.executionId(), gate.stageId())
			.stream()
			.filter((decision) -> decision.decidedBy().equals(person.name()))
			.findFirst()
			.orElse(null);
		if (own != null) {
			return new Refusal("gate.refused.decided." + own.decision(),
					new Object[] { this.words.ago(own.decidedAt()) });
		}
		if (!person.roles().contains("approver")) {
			return new Refusal("gate.refused.role", new Object[0]);
		}
		if (gate.refusal(person) == null) {
			return null;
		}
		boolean self = !gate.selfApproval() && person.name().equals(gate.startedBy());
		return self ? new Refusal("gate.refused.self", new Object[0])
				: new Refusal("gate.refused.group", new Object[] { this.words.list(gate.users()),
						this.words.list(gate.groups()), gate.users().size(), gate.groups().size() });
	}

	private List<Place> places(ExecutionDetail execution, Gate gate) {
		Pipeline pipeline = this.executions.pipeline(execution);
		if (pipeline == null) {
			return List.of();
		}
		List<Place> places = new ArrayList<>();
		for (String ahead : gate.ahead()) {
			Target target = (pipeline.stages().get(ahead) instanceof Stage.Deploy deploy)
					? pipeline.targets().get(deploy.target()) : null;
			if (target != null && pipeline.stages().get(ahead) instanceof Stage.Deploy deploy) {
				List<Cluster> clusters = ClusterPlan.clusters(pipeline, target, this.inventory.clusters(),
						execution.parameters());
				List<ManifestSet> baked = baked(execution, pipeline, deploy);
				ClusterPlan.waves(deploy, clusters)
					.stream()
					.flatMap(List::stream)
					.forEach((cluster) -> places.add(place(execution, deploy, cluster, baked)));
			}
		}
		return places;
	}

	private List<ManifestSet> baked(ExecutionDetail execution, Pipeline pipeline, Stage.Deploy deploy) {
		return this.plans.kept(execution, deploy.id()).orElseGet(() -> bakedHere(execution, pipeline, deploy));
	}

	private List<ManifestSet> bakedHere(ExecutionDetail execution, Pipeline pipeline, Stage.Deploy deploy) {
		String bake = new StageGraph(pipeline).bakeOf(deploy).id();
		return this.bakes.find(execution.id(), bake)
			.map((found) -> found.result().manifests())
			.orElse(List.of())
			.stream()
			.filter((set) -> set.target().equals(deploy.target()))
			.toList();
	}

	private Place place(ExecutionDetail execution, Stage.Deploy deploy, Cluster cluster, List<ManifestSet> baked) {
		ManifestSet set = baked.stream()
			.filter((candidate) -> candidate.cluster().equals(cluster.name()))
			.findFirst()
			.orElse(null);
		if (set == null) {
			return new Place(deploy.id(), cluster.name(), cluster.region(), "", "", List.of());
		}
		Map<String, BoundArtifact> running = this.releases.current(cluster.name(), set.namespace(), set.release())
			.map(Release::artifacts)
			.orElse(Map.of());
		Bindings bindings = execution.bindings();
		List<ImageChange> images = ImageChange.of((bindings != null) ? bindings.in(cluster.name()).values() : List.of(),
				running);
		return new Place(deploy.id(), cluster.name(), cluster.region(), set.namespace(), set.release(), images);
	}

}
