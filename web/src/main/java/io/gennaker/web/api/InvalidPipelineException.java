package io.gennaker.web.api;

import java.util.List;
import java.util.Map;

/**
 * A pipeline has problems: 422.
 */
public class InvalidPipelineException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient List<?> problems;

	/**
	 * Refuses a pipeline.
	 * @param detail one sentence
	 * @param problems records with file, line, column, path and message
	 */
	public InvalidPipelineException(String detail, List<?> problems) {
		super(Problem.INVALID_PIPELINE, detail);
		this.problems = List.copyOf(problems);
	}

	@Override
	public Map<String, Object> members() {
		return Map.of("problems", this.problems);
	}

}
