package io.gennaker.web.execution;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an execution that has something from another one.
 *
 * @param pipeline the pipeline's name
 * @param idempotencyKey a repeated request with the same key gives the same execution;
 * null for none
 * @param asked what was asked for, in a form that a repeated request has as well
 * @param plan makes the execution, unless a repeated request finds it; may refuse with
 * one of the API's exceptions
 */
public record PlannedStart(String pipeline, @Nullable String idempotencyKey, String asked, Supplier<Planned> plan) {

	/**
	 * The execution.
	 *
	 * @param origin the other execution
	 * @param revision the revision that the other one ran
	 * @param pipeline the graph that will be walked
	 * @param plan what it has from the other one
	 * @param restartFrom the stage that it starts again from; null for a rollback
	 * @param builtAt how old what it brings is; null for as old as the execution itself
	 * @param allowOlder whether it may replace something newer
	 * @param action the audit's word for it
	 * @param detail more for the audit, in words
	 * @param written told the execution's id once its row is there, before that is
	 * committed
	 */
	public record Planned(UUID origin, UUID revision, Pipeline pipeline, List<Cluster> inventory,
			Map<String, Object> parameters, Map<String, String> artifacts, ReleaseRequest.Trigger trigger,
			ExecutionPlan plan, @Nullable String restartFrom, @Nullable Instant builtAt, boolean allowOlder,
			String action, String detail, Consumer<UUID> written) {
	}

}
