package io.gennaker.workflows.release;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.temporal.activity.ActivityInterface;

/**
 * Evaluates conditions. An activity, so that its answer stands in the history and a newer
 * expression library changes no run.
 */
@ActivityInterface(namePrefix = "Condition")
public interface ConditionActivities {

	/**
	 * Whether a stage's {@code when} holds. Fails permanently
	 * ({@link Failures#BAD_EXPRESSION}) where it cannot be evaluated.
	 */
	boolean holds(String condition, ExpressionContext context);

	/**
	 * Where a release will live: resolves the expressions of namespaces and release
	 * names.
	 */
	ResolvedPlaces places(PlacesRequest request);

}
