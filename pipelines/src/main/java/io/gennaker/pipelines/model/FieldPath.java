package io.gennaker.pipelines.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A path to fields of an object, such as {@code spec.template.spec.containers[*].image},
 * {@code spec.images[0]} or {@code metadata.annotations['example.com/image']}.
 *
 * @param steps from the object down; at least one
 */
public record FieldPath(List<Step> steps) {

	private static final int MOST_STEPS = 50;

	public FieldPath {
		steps = List.copyOf(steps);
		if (steps.isEmpty()) {
			throw new IllegalArgumentException("a path needs at least one step");
		}
	}

	/**
	 * Reads a path.
	 * @throws Malformed if it is none
	 */
	public static FieldPath parse(String text) {
		return new FieldPath(new Parser(text).steps());
	}

	/**
	 * The steps up to the last {@code [*]}, this one included; none where there is none.
	 */
	public List<Step> listSteps() {
		int last = this.steps.lastIndexOf(new Step.EachItem());
		return this.steps.subList(0, last + 1);
	}

	/**
	 * The steps behind those.
	 */
	public List<Step> fieldSteps() {
		return this.steps.subList(listSteps().size(), this.steps.size());
	}

	/**
	 * One step down.
	 */
	public sealed interface Step {

		/**
		 * The value of a key.
		 */
		record Key(String name) implements Step {
		}

		/**
		 * One item of a list.
		 *
		 * @param index from 0
		 */
		record Item(int index) implements Step {
		}

		/**
		 * Every item of a list.
		 */
		record EachItem() implements Step {
		}

	}

	/**
	 * A text that is no path.
	 */
	public static final class Malformed extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private final int offset;

		Malformed(int offset, String message) {
			super(message);
			this.offset = offset;
		}

		/**
		 * Where it stops being one, in characters from 0.
		 */
		public int offset() {
			return this.offset;
		}

	}

	/**
	 * Reads a path from its beginning to its end.
	 */
	private static final class Parser {

		private static final String SPECIAL = ".[]'\"";

		private final String text;

		private final List<Step> steps = new ArrayList<>();

		private int at;

		Parser(String text) {
			this.text = text;
		}

		List<Step> steps() {
			if (this.text.startsWith("$") || this.text.startsWith(".")) {
				throw new Malformed(0, "a path begins with a key, such as spec.image");
			}
			while (this.at < this.text.length()) {
				if (this.text.charAt(this.at) == '[') {
					this.steps.add(bracket());
				}
				else {
					this.steps.add(key());
				}
				if (this.steps.size() > MOST_STEPS) {
					throw new Malformed(this.at, "a path may have " + MOST_STEPS + " steps");
				}
			}
			if (this.steps.isEmpty()) {
				throw new Malformed(0, "the path is empty");
			}
			return this.steps;
		}

		private Step key() {
			if (!this.steps.isEmpty()) {
				expect('.', "expected '.' or '[' here");
			}
			int start = this.at;
			while (this.at < this.text.length() && isPlain(this.text.charAt(this.at))) {
				this.at++;
			}
			if (this.at == start) {
				throw new Malformed(start, "a key is missing here; one with dots is written ['a.b']");
			}
			return new Step.Key(this.text.substring(start, this.at));
		}

		private static boolean isPlain(char c) {
			return SPECIAL.indexOf(c) < 0 && !Character.isWhitespace(c);
		}

		private Step bracket() {
			int open = this.at++;
			char first = peek();
			Step step;
			if (first == '*') {
				this.at++;
				step = new Step.EachItem();
			}
			else if (first == '\'' || first == '"') {
				step = quoted(first);
			}
			else {
				step = index(open);
			}
			expect(']', "']' is missing here");
			return step;
		}

		private Step quoted(char quote) {
			int start = ++this.at;
			int end = this.text.indexOf(quote, start);
			if (end <= start) {
				throw new Malformed(start - 1, (end < 0) ? "the quotation is not closed" : "the key is empty");
			}
			this.at = end + 1;
			return new Step.Key(this.text.substring(start, end));
		}

		private Step index(int open) {
			int start = this.at;
			while (Character.isDigit(peek()) && this.at - start < 5) {
				this.at++;
			}
			String digits = this.text.substring(start, this.at);
			if (!digits.matches("[0-9]{1,4}")) {
				throw new Malformed(open, "between '[' and ']' stands *, a number below 10000 or a key in quotes");
			}
			return new Step.Item(Integer.parseInt(digits));
		}

		private char peek() {
			return (this.at < this.text.length()) ? this.text.charAt(this.at) : '\0';
		}

		private void expect(char c, String message) {
			if (peek() != c) {
				throw new Malformed(this.at, message);
			}
			this.at++;
		}

	}

}
