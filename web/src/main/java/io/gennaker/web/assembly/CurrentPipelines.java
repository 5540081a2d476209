package io.gennaker.web.assembly;

import java.util.List;
import java.util.stream.Stream;

import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.PipelineDetail;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.pipeline.Revisions;
import io.gennaker.web.webhook.TriggeredPipelines;
import org.springframework.stereotype.Component;

/**
 * The catalogue's pipelines, for the webhooks.
 */
@Component
class CurrentPipelines implements TriggeredPipelines {

	private final PipelineReads reads;

	private final Revisions revisions;

	private final Inventory inventory;

	CurrentPipelines(PipelineReads reads, Revisions revisions, Inventory inventory) {
		this.reads = reads;
		this.revisions = revisions;
		this.inventory = inventory;
	}

	@Override
	public List<Pipeline> current() {
		return this.reads.list(0)
			.stream()
			.flatMap((summary) -> this.reads.find(summary.name()).stream())
			.flatMap(this::model)
			.toList();
	}

	private Stream<Pipeline> model(PipelineDetail pipeline) {
		PipelineDetail.RevisionSummary revision = pipeline.revision();
		if (revision == null) {
			return Stream.empty();
		}
		return switch (this.revisions.read(revision.id(), this.inventory.clusters())) {
			case ReadResult.Valid(Pipeline model) -> Stream.of(model);
			case ReadResult.Invalid _ -> Stream.empty();
		};
	}

}
