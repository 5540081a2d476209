package io.gennaker.web.preview;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.rollout.PreviewRequest;
import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionPlans;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;

import org.springframework.stereotype.Component;

/**
 * Compares the manifests that an execution has baked with what runs.
 */
@Component
class DryRunPreview implements StagePreview {

	private final ExecutionReads executions;

	private final ExecutionPlans plans;

	private final Inventory inventory;

	private final BakeReads bakes;

	private final BakeStore store;

	private final ReleasePreviews previews;

	DryRunPreview(ExecutionReads executions, ExecutionPlans plans, Inventory inventory, BakeReads bakes,
			BakeStore store, ReleasePreviews previews) {
		this.executions = executions;
		this.plans = plans;
		this.inventory = inventory;
		this.bakes = bakes;
		this.store = store;
		this.previews = previews;
	}

	@Override
	public ReleasePreview of(UUID executionId, String stageId, String cluster) {
		ExecutionDetail execution = this.executions.find(executionId)
			.orElseThrow(() -> new PreviewUnavailableException("there is no execution " + executionId));
		Pipeline pipeline = pipeline(execution);
		if (!(pipeline.stages().get(stageId) instanceof Stage.Deploy deploy)) {
			throw new PreviewUnavailableException("'" + stageId + "' is no deploy stage of " + pipeline.name());
		}
		Optional<List<ManifestSet>> kept = this.plans.kept(execution, stageId);
		ManifestSet set = kept.map((sets) -> returning(sets, cluster))
			.orElseGet(() -> baked(executionId, pipeline, deploy, cluster));
		return this.previews.preview(new PreviewRequest(cluster, set.namespace(), set.release(), pipeline.name(),
				this.store.manifests(set.digest()), kept.isPresent() ? List.of() : deploy.order(), deploy.applying()));
	}

	private static ManifestSet returning(List<ManifestSet> kept, String cluster) {
		return kept.stream()
			.filter((set) -> set.cluster().equals(cluster))
			.findFirst()
			.orElseThrow(() -> new PreviewUnavailableException("nothing comes back to " + cluster));
	}

	private ManifestSet baked(UUID executionId, Pipeline pipeline, Stage.Deploy deploy, String cluster) {
		String bake = new StageGraph(pipeline).bakeOf(deploy).id();
		return this.bakes.find(executionId, bake)
			.flatMap((found) -> found.result()
				.manifests()
				.stream()
				.filter((set) -> set.target().equals(deploy.target()) && set.cluster().equals(cluster))
				.findFirst())
			.orElseThrow(() -> new PreviewUnavailableException(
					"the stage '" + bake + "' has baked nothing for " + cluster + " yet"));
	}

	private Pipeline pipeline(ExecutionDetail execution) {
		return switch (this.plans.pipeline(execution, this.inventory.clusters())) {
			case ReadResult.Valid(Pipeline pipeline) -> pipeline;
			case ReadResult.Invalid invalid -> throw new PreviewUnavailableException(
					"the pipeline does not fit the clusters that there are now: " + invalid.problems().getFirst());
		};
	}

}
