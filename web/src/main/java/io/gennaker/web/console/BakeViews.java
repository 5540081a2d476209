package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.web.bake.Bake;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.execution.ExecutionDetail;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What an execution's bake stages left, fit for people's eyes.
 */
@Component
class BakeViews {

	private final BakeReads bakes;

	BakeViews(BakeReads bakes) {
		this.bakes = bakes;
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
	 * The documents of one cluster's manifests; empty for a digest that is not one of
	 * this execution's.
	 */
	List<ManifestDocument> documents(ExecutionDetail detail, @Nullable String digest) {
		boolean own = of(detail).stream()
			.flatMap((bake) -> bake.bake().result().manifests().stream())
			.anyMatch((set) -> set.digest().equals(digest));
		return (own && digest != null) ? this.bakes.manifests(digest).map(ManifestDocument::of).orElse(List.of())
				: List.of();
	}

	/**
	 * A bake and the stage that left it.
	 */
	record StageBake(String stageId, Bake bake) {
	}

}
