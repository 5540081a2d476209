package io.gennaker.pipelines.expression;

/**
 * Evaluates what stands in <code>${{ … }}</code>. Thread-safe.
 */
public final class Expressions {

	/**
	 * Replaces every <code>${{ … }}</code> of a text by its value.
	 * @param text text that may hold expressions
	 * @return the text with the values; a text that is nothing but one expression gives
	 * the value as text
	 * @throws ExpressionException if one cannot be evaluated
	 */
	public String text(String text, ExpressionContext context) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The value of a scalar that may hold expressions. A text that is nothing but one
	 * expression keeps the value's type ({@code String}, {@code Long}, {@code Double},
	 * {@code Boolean}).
	 * @throws ExpressionException if one cannot be evaluated
	 */
	public Object value(Object scalar, ExpressionContext context) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The value of a {@code when}: CEL, with or without the surrounding
	 * <code>${{ }}</code>.
	 * @throws ExpressionException if it cannot be evaluated or is not true or false
	 */
	public boolean condition(String condition, ExpressionContext context) {
		throw new UnsupportedOperationException();
	}

}
