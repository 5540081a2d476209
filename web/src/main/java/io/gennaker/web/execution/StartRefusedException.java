package io.gennaker.web.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.gennaker.web.api.FieldProblem;
import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemException;

/**
 * An execution that could not be asked for like this; nothing was written.
 */
public class StartRefusedException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient Map<String, String> problems;

	/**
	 * Refuses with what is wrong.
	 * @param message one sentence
	 * @param problems what is wrong, by field, such as {@code parameters.chartVersion} or
	 * {@code artifacts.api}
	 */
	public StartRefusedException(String message, Map<String, String> problems) {
		super(Problem.START_REFUSED, message);
		this.problems = Map.copyOf(problems);
	}

	/**
	 * What is wrong, by field.
	 */
	public Map<String, String> problems() {
		return this.problems;
	}

	@Override
	public Map<String, Object> members() {
		List<FieldProblem> fields = this.problems.entrySet()
			.stream()
			.map((problem) -> new FieldProblem(problem.getKey(), problem.getValue()))
			.sorted(Comparator.comparing(FieldProblem::path))
			.toList();
		return Map.of("problems", fields);
	}

}
