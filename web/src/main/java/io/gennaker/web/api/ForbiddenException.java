package io.gennaker.web.api;

/**
 * Whoever asks may not do this: 403. For rules that no role expresses.
 */
public class ForbiddenException extends ProblemException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says which rule forbids it, and who may.
	 */
	public ForbiddenException(String detail) {
		super(Problem.FORBIDDEN, detail);
	}

}
