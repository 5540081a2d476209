package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeRequest.Destination;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.journal.Status;

/**
 * A bake stage: the manifests for every cluster of the deploys that roll them out.
 */
final class BakeRun {

	private final Stage.Bake stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	BakeRun(Stage.Bake stage, StageStanding standing, ReleaseState state, CentralActivities activities) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.activities = activities;
	}

	StageOutcome run() {
		List<Destination> destinations = destinations();
		if (destinations.isEmpty()) {
			return StageOutcome.skipped("the execution goes to no cluster that needs these manifests");
		}
		String clusters = (destinations.size() == 1) ? "1 cluster" : destinations.size() + " clusters";
		this.state.change(this.standing, Status.RUNNING, "bakes for " + clusters, null);
		ReleaseRequest request = this.state.request();
		BakeResult baked = this.activities.bake()
			.bake(new BakeRequest(request.executionId(), request.revisionId(), this.stage,
					request.pipeline().artifacts(), this.state.bindings(), this.state.context(), destinations));
		this.state.baked(this.stage.id(), baked);
		return StageOutcome.succeeded("baked for " + clusters, Map.of("digest", baked.digest()));
	}

	private List<Destination> destinations() {
		List<Destination> destinations = new ArrayList<>();
		for (Stage.Deploy deploy : this.state.graph().deploysOf(this.stage)) {
			for (Cluster cluster : this.state.clusters(deploy)) {
				Destination destination = new Destination(deploy.target(), only(this.state.target(deploy), cluster),
						cluster);
				if (!destinations.contains(destination)) {
					destinations.add(destination);
				}
			}
		}
		return destinations;
	}

	/**
	 * A target as far as it concerns one cluster. With hundreds of clusters, each
	 * carrying the overrides of all would pass the limit of a payload.
	 */
	private static Target only(Target target, Cluster cluster) {
		Target.Override override = target.overrides().get(cluster.name());
		return new Target(new ClusterSelector.Named(List.of(cluster.name())), target.namespace(), target.values(),
				(override != null) ? Map.of(cluster.name(), override) : Map.of());
	}

}
