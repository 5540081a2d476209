package io.gennaker.workflows.release;

import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeRequest.Destination;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.bake.Destinations;
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
		ReleaseRequest request = this.state.request();
		List<Destination> destinations = Destinations.of(request.pipeline(), this.stage, request.inventory(),
				request.parameters());
		if (destinations.isEmpty()) {
			return StageOutcome.skipped("the execution goes to no cluster that needs these manifests");
		}
		String clusters = (destinations.size() == 1) ? "1 cluster" : destinations.size() + " clusters";
		this.state.change(this.standing, Status.RUNNING, "bakes for " + clusters, null);
		BakeResult baked = this.activities.bake()
			.bake(new BakeRequest(request.executionId(), request.revisionId(), this.stage,
					request.pipeline().artifacts(), this.state.bindings(), this.state.context(), destinations,
					request.pipeline().values()));
		this.state.baked(this.stage.id(), baked);
		return StageOutcome.succeeded("baked for " + clusters, Map.of("digest", baked.digest()));
	}

}
