package io.gennaker.pipelines.language;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text of a file, for turning places inside a scalar into lines and columns.
 */
final class SourceText {

	private static final String EXPRESSION = "${{";

	private final int[] codePoints;

	SourceText(String text) {
		this.codePoints = text.codePoints().toArray();
	}

	/**
	 * Where a character of an expression stands.
	 * @param scalar the scalar that holds the expression
	 * @param expression the expression's number among those of the scalar, from 0
	 * @param inside the character's offset from the first one after <code>${{</code>; for
	 * what has no such mark, give expression -1
	 * @return the place, or the scalar's start where it cannot be told
	 */
	Place inside(Node scalar, int expression, int inside) {
		Mark start = scalar.getStartMark().orElseThrow();
		int end = scalar.getEndMark().orElse(start).getIndex();
		int at = start.getIndex();
		if (expression < 0) {
			at += isQuote(at) ? 1 : 0;
		}
		else {
			at = afterMark(at, end, expression);
		}
		boolean known = at >= 0 && at + inside <= Math.min(end, this.codePoints.length);
		return known ? forward(start, at + inside) : Place.of(start);
	}

	private boolean isQuote(int index) {
		return index < this.codePoints.length && (this.codePoints[index] == '\'' || this.codePoints[index] == '"');
	}

	private int afterMark(int from, int end, int count) {
		int left = count;
		for (int i = from; i + EXPRESSION.length() <= Math.min(end, this.codePoints.length); i++) {
			boolean here = this.codePoints[i] == '$' && this.codePoints[i + 1] == '{' && this.codePoints[i + 2] == '{';
			if (here && left-- == 0) {
				return i + EXPRESSION.length();
			}
		}
		return -1;
	}

	private Place forward(Mark start, int index) {
		int line = start.getLine() + 1;
		int column = start.getColumn() + 1;
		for (int i = start.getIndex(); i < index; i++) {
			boolean ends = this.codePoints[i] == '\n';
			line += ends ? 1 : 0;
			column = ends ? 1 : column + 1;
		}
		return new Place(line, column);
	}

	/**
	 * A line and a column, both counted from 1, the column in code points.
	 */
	record Place(int line, int column) {

		static final Place START = new Place(1, 1);

		static Place of(Mark mark) {
			return new Place(mark.getLine() + 1, mark.getColumn() + 1);
		}

	}

}
