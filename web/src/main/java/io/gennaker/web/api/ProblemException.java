package io.gennaker.web.api;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Something that is answered with problem details, or with an error page where a page was
 * asked for. Its message is the problem's {@code detail}: what, where and what to do, for
 * people, without secrets.
 */
public abstract class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Problem problem;

	protected ProblemException(Problem problem, String detail) {
		super(detail);
		this.problem = problem;
	}

	protected ProblemException(Problem problem, String detail, @Nullable Throwable cause) {
		super(detail, cause);
		this.problem = problem;
	}

	/**
	 * Its kind.
	 */
	public final Problem problem() {
		return this.problem;
	}

	/**
	 * Further members of the answer, such as {@code problems}; values as Jackson takes
	 * them.
	 */
	public Map<String, Object> members() {
		return Map.of();
	}

	/**
	 * When it makes sense to ask again; null where it does not.
	 */
	public @Nullable Duration retryAfter() {
		return null;
	}

}
