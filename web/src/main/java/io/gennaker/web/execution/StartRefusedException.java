package io.gennaker.web.execution;

import java.util.Map;

/**
 * An execution that could not be asked for like this; nothing was written.
 */
public class StartRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<String, String> problems;

	/**
	 * Refuses with what is wrong.
	 * @param message one sentence
	 * @param problems what is wrong, by field, such as {@code parameters.chartVersion} or
	 * {@code artifacts.api}
	 */
	public StartRefusedException(String message, Map<String, String> problems) {
		super(message);
		this.problems = Map.copyOf(problems);
	}

	/**
	 * What is wrong, by field.
	 */
	public Map<String, String> problems() {
		return this.problems;
	}

}
