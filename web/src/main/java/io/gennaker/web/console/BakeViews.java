package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.bake.Bake;
import io.gennaker.web.bake.BakeComparison;
import io.gennaker.web.bake.BakeComparisons;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.bake.ManifestDocument;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionFilter;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.ExecutionSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What an execution's bake stages left, fit for people's eyes.
 */
@Component
class BakeViews {

	/** How many earlier executions a person may choose from. */
	private static final int OTHERS = 30;

	private final BakeReads bakes;

	private final BakeComparisons comparisons;

	private final ExecutionReads executions;

	private final Words words;

	BakeViews(BakeReads bakes, BakeComparisons comparisons, ExecutionReads executions, Words words) {
		this.bakes = bakes;
		this.comparisons = comparisons;
		this.executions = executions;
		this.words = words;
	}

	/**
	 * The execution's bakes in the order of its stages.
	 */
	List<StageBake> of(ExecutionDetail detail) {
		List<StageBake> found = new ArrayList<>();
		for (ExecutionDetail.StageDetail stage : detail.stages()) {
			this.bakes.find(detail.id(), stage.id()).ifPresent((bake) -> found.add(new StageBake(stage.id(), bake)));
		}
		return found;
	}

	/**
	 * What a stage left, if it is one that bakes and has done so.
	 */
	@Nullable Bake of(ExecutionDetail detail, ExecutionDetail.@Nullable StageDetail stage) {
		return (stage != null && stage.type().equals("bake")) ? this.bakes.find(detail.id(), stage.id()).orElse(null)
				: null;
	}

	/**
	 * The documents of one cluster's manifests, baked here or come back; empty for a
	 * digest that is not one of this execution's.
	 */
	List<ManifestDocument> documents(ExecutionDetail detail, @Nullable String digest) {
		boolean own = of(detail).stream()
			.flatMap((bake) -> bake.bake().result().manifests().stream())
			.anyMatch((set) -> set.digest().equals(digest))
				|| detail.clusters().stream().anyMatch((rollout) -> Objects.equals(rollout.manifests(), digest));
		return (own && digest != null) ? this.bakes.manifests(digest).map(ManifestDocument::of).orElse(List.of())
				: List.of();
	}

	/**
	 * The pipeline's other executions, newest first, for a person to compare with.
	 */
	List<ExecutionSummary> others(ExecutionDetail detail) {
		return this.executions.list(ExecutionFilter.of(detail.pipeline()), OTHERS)
			.items()
			.stream()
			.filter((one) -> !one.id().equals(detail.id()))
			.toList();
	}

	/**
	 * What each cluster's manifests have that those of another execution had not.
	 * @throws NotFoundException if one of the two has baked nothing
	 */
	List<Compared> compared(ExecutionDetail detail, ExecutionDetail other, String stage, @Nullable String cluster) {
		return this.comparisons.of(detail.id(), other.id(), stage, cluster)
			.orElseThrow(() -> new NotFoundException(
					this.words.text("compare.nothing", stage, other.pipeline() + " #" + other.number())))
			.clusters()
			.stream()
			.map((one) -> new Compared(one, ShownChanges.of(one.changes())))
			.toList();
	}

	/**
	 * One cluster's manifests in two bakes.
	 */
	record Compared(BakeComparison.ComparedCluster cluster, ShownChanges shown) {
	}

	/**
	 * A bake and the stage that left it.
	 */
	record StageBake(String stageId, Bake bake) {
	}

}
