package io.gennaker.web.api;

import java.util.Map;

/**
 * The state of things does not allow it now: 409.
 */
public class ConflictException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient Map<String, Object> members;

	/**
	 * Says what stands in the way.
	 */
	public ConflictException(String detail) {
		this(detail, Map.of());
	}

	/**
	 * Says what stands in the way.
	 * @param members facts for programs, such as who decided first
	 */
	public ConflictException(String detail, Map<String, Object> members) {
		super(Problem.CONFLICT, detail);
		this.members = Map.copyOf(members);
	}

	@Override
	public Map<String, Object> members() {
		return this.members;
	}

}
