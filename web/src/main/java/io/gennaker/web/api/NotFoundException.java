package io.gennaker.web.api;

/**
 * There is no such thing: 404.
 */
public class NotFoundException extends ProblemException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says what there is not.
	 * @param detail such as {@code There is no pipeline "classrom".}
	 */
	public NotFoundException(String detail) {
		super(Problem.NOT_FOUND, detail);
	}

}
