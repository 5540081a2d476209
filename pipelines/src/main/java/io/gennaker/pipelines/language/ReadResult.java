package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.Pipeline;

/**
 * What reading a pipeline's files led to.
 */
public sealed interface ReadResult {

	/**
	 * No problem was found.
	 */
	record Valid(Pipeline pipeline) implements ReadResult {
	}

	/**
	 * At least one problem was found.
	 *
	 * @param problems all of them, in the order of the file
	 */
	record Invalid(List<Problem> problems) implements ReadResult {
		public Invalid {
			problems = List.copyOf(problems);
		}
	}

}
