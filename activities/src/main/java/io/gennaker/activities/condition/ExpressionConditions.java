package io.gennaker.activities.condition;

import java.util.List;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.release.ConditionActivities;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.release.PlacesRequest;
import io.gennaker.workflows.release.ResolvedPlaces;
import io.temporal.failure.ApplicationFailure;

/**
 * Evaluates by the pipeline language's expressions.
 */
public final class ExpressionConditions implements ConditionActivities {

	private final Expressions expressions;

	public ExpressionConditions(Expressions expressions) {
		this.expressions = expressions;
	}

	@Override
	public boolean holds(String condition, ExpressionContext context) {
		try {
			return this.expressions.condition(condition, context);
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAD_EXPRESSION);
		}
	}

	@Override
	public ResolvedPlaces places(PlacesRequest request) {
		try {
			List<BindingRequest.Place> places = request.places()
				.stream()
				.map((place) -> resolve(place, request.context()))
				.toList();
			return new ResolvedPlaces(places);
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAD_EXPRESSION);
		}
	}

	/** Artifacts are not bound yet when places are resolved. */
	private BindingRequest.Place resolve(PlacesRequest.UnresolvedPlace place, ExpressionContext context) {
		ExpressionContext here = context.in(place.cluster(), context.artifacts());
		return new BindingRequest.Place(place.cluster().name(), this.expressions.text(place.namespace(), here),
				this.expressions.text(place.release(), here));
	}

}
