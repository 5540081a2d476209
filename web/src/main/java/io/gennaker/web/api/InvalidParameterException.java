package io.gennaker.web.api;

import java.util.List;
import java.util.Map;

/**
 * A parameter of the path, the query, a header or the body is not as it must be: 400.
 */
public class InvalidParameterException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final String parameter;

	/**
	 * Says what is wrong.
	 * @param parameter its name as the caller wrote it
	 * @param detail what was wrong and what would be right
	 */
	public InvalidParameterException(String parameter, String detail) {
		super(Problem.INVALID_PARAMETER, detail);
		this.parameter = parameter;
	}

	@Override
	public Map<String, Object> members() {
		return Map.of("problems", List.of(new FieldProblem(this.parameter, String.valueOf(getMessage()))));
	}

}
