package io.gennaker.pipelines.plan;

import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an execution is given against the pipeline's parameters and fills in the
 * defaults.
 */
public final class ParameterValues {

	private ParameterValues() {
	}

	/**
	 * Completes and checks.
	 * @param given values by name, as JSON or a form gives them: text, number, boolean or
	 * list of texts; a form's text for a number or boolean is read as such
	 * @return the complete values, or everything that is wrong
	 */
	public static Outcome complete(Pipeline pipeline, Map<String, ? extends @Nullable Object> given,
			List<Cluster> inventory) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Complete values, or problems.
	 */
	public sealed interface Outcome {

		/**
		 * Every parameter has a value: {@code String}, {@code Long}, {@code Boolean} or
		 * {@code List<String>}.
		 */
		record Complete(Map<String, Object> values) implements Outcome {
		}

		/**
		 * What is wrong, by parameter name.
		 */
		record Refused(Map<String, String> problems) implements Outcome {
		}

	}

}
