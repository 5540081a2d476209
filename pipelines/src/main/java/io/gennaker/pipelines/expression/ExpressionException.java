package io.gennaker.pipelines.expression;

/**
 * An expression that could not be evaluated.
 */
public final class ExpressionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String expression;

	public ExpressionException(String expression, String reason) {
		super("'" + expression + "': " + reason);
		this.expression = expression;
	}

	/**
	 * The expression's text.
	 */
	public String expression() {
		return this.expression;
	}

}
