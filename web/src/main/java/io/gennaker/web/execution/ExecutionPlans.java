package io.gennaker.web.execution;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.pipeline.Revisions;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.gennaker.workflows.release.ReleaseKind;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The graph that an execution walks: the one that was made for it, else its revision's.
 */
@Component
public class ExecutionPlans {

	private final JdbcClient jdbc;

	private final Revisions revisions;

	ExecutionPlans(JdbcClient jdbc, Revisions revisions) {
		this.jdbc = jdbc;
		this.revisions = revisions;
	}

	/**
	 * The execution's pipeline, or what is wrong with it for these clusters.
	 */
	public ReadResult pipeline(ExecutionDetail execution, List<Cluster> inventory) {
		Pipeline own = find(execution).map(ExecutionPlan::pipeline).orElse(null);
		return (own != null) ? new ReadResult.Valid(own) : this.revisions.read(execution.revisionId(), inventory);
	}

	/**
	 * The execution's pipeline, if it can be read with the clusters of its start.
	 */
	public Optional<Pipeline> asStarted(ExecutionDetail execution, List<Cluster> inventory) {
		return switch (pipeline(execution, inventory)) {
			case ReadResult.Valid(Pipeline pipeline) -> Optional.of(pipeline);
			case ReadResult.Invalid(List<Problem> _) -> Optional.empty();
		};
	}

	/**
	 * What a rollback brings back by one of its deploys; empty for other executions.
	 */
	public Optional<List<ManifestSet>> kept(ExecutionDetail execution, String stageId) {
		return find(execution).flatMap((plan) -> switch (plan.kind()) {
			case ReleaseKind.Rollback rollback -> Optional.of(rollback.releases()
				.stream()
				.filter((release) -> release.stage().equals(stageId))
				.map((release) -> new ManifestSet(stageId, release.cluster(), release.namespace(), release.release(),
						release.manifests(), 0))
				.toList());
			case ReleaseKind.Forward _, ReleaseKind.Restart _ -> Optional.empty();
		});
	}

	private Optional<ExecutionPlan> find(ExecutionDetail execution) {
		if (execution.origin() == null) {
			return Optional.empty();
		}
		return this.jdbc.sql("select plan from executions where id = ? and plan is not null")
			.param(execution.id())
			.query(String.class)
			.optional()
			.map(ExecutionPlan::read);
	}

}
