package io.gennaker.pipelines.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A text cut into what stands literally and what stands in <code>${{ … }}</code>.
 */
record Template(List<Part> parts) {

	static final String OPEN = "${{";

	private static final String CLOSE = "}}";

	Template {
		parts = List.copyOf(parts);
	}

	/**
	 * Cuts a text.
	 * @throws Unclosed if an expression does not end
	 */
	static Template parse(String text) throws Unclosed {
		List<Part> parts = new ArrayList<>();
		int at = 0;
		int expressions = 0;
		while (at < text.length()) {
			int open = text.indexOf(OPEN, at);
			if (open < 0) {
				break;
			}
			if (open > at) {
				parts.add(new Part.Literal(text.substring(at, open)));
			}
			int begin = open + OPEN.length();
			int end = end(text, begin);
			if (end < 0) {
				throw new Unclosed(expressions);
			}
			parts.add(new Part.Expression(text.substring(begin, end)));
			expressions++;
			at = end + CLOSE.length();
		}
		if (at < text.length()) {
			parts.add(new Part.Literal(text.substring(at)));
		}
		return new Template(parts);
	}

	/**
	 * The text of a condition: with or without <code>${{ }}</code> around it.
	 * @throws Unclosed if an expression does not end
	 */
	static String condition(String text) throws Unclosed {
		return (parse(text.strip()).parts().size() == 1
				&& parse(text.strip()).parts().getFirst() instanceof Part.Expression only) ? only.source() : text;
	}

	/**
	 * Where the expression ends: the closing braces that are neither inside a text nor
	 * those of a map.
	 */
	private static int end(String text, int begin) {
		int depth = 0;
		char quote = 0;
		for (int i = begin; i < text.length(); i++) {
			char c = text.charAt(i);
			if (quote != 0) {
				i += (c == '\\') ? 1 : 0;
				quote = (c == quote) ? 0 : quote;
			}
			else if (c == '\'' || c == '"') {
				quote = c;
			}
			else if (c == '{') {
				depth++;
			}
			else if (c == '}' && depth > 0) {
				depth--;
			}
			else if (text.startsWith(CLOSE, i)) {
				return i;
			}
		}
		return -1;
	}

	sealed interface Part {

		record Literal(String text) implements Part {
		}

		record Expression(String source) implements Part {
		}

	}

	/**
	 * An expression without its end.
	 */
	static final class Unclosed extends Exception {

		private static final long serialVersionUID = 1L;

		static final String REASON = "'${{' without '}}' after it";

		private final int expression;

		Unclosed(int expression) {
			super(REASON, null, false, false);
			this.expression = expression;
		}

		/** Its number in the text, from 0. */
		int expression() {
			return this.expression;
		}

	}

}
