package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the document. Asked for a type that it does not have, it reports the problem
 * and answers null, so that reading goes on.
 */
record Value(Node node, String path, Problems problems) {

	/**
	 * What one calls it in a message.
	 */
	String kind() {
		return switch (this.node) {
			case MappingNode _ -> "a mapping";
			case SequenceNode _ -> "a list";
			default -> scalarKind(this.node.getTag());
		};
	}

	private static String scalarKind(Tag tag) {
		if (tag.equals(Tag.NULL)) {
			return "nothing";
		}
		if (tag.equals(Tag.BOOL)) {
			return "true or false";
		}
		if (tag.equals(Tag.INT)) {
			return "a number";
		}
		return tag.equals(Tag.FLOAT) ? "a decimal number" : "text";
	}

	private <T> @Nullable T expected(String what) {
		boolean quotable = what.equals("text") && this.node instanceof ScalarNode && !kind().equals("nothing");
		problem("expected " + what + ", found " + kind() + (quotable ? "; put it in quotes" : ""));
		return null;
	}

	void problem(String message) {
		this.problems.at(this.path, message);
	}

	@Nullable String text() {
		return (this.node instanceof ScalarNode scalar && kind().equals("text")) ? scalar.getValue() : expected("text");
	}

	@Nullable Boolean flag() {
		return (this.node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL))
				? Boolean.valueOf(scalar.getValue()) : expected("true or false");
	}

	@Nullable Long wholeNumber() {
		if (!(this.node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT)) {
			return expected("a whole number");
		}
		Long number = Numbers.wholeNumber(scalar.getValue());
		if (number == null) {
			problem("the number is too large");
		}
		return number;
	}

	@Nullable Duration duration() {
		if (!kind().equals("text")) {
			return expected("a duration such as 90s, 10m or 24h");
		}
		String text = ((ScalarNode) this.node).getValue();
		Duration duration = Durations.parse(text);
		if (duration == null) {
			problem(DocumentPath.quoted(text) + " is not a duration such as 90s, 10m, 24h or 1h30m, of at most "
					+ Durations.LONGEST.toHours() + "h");
		}
		return duration;
	}

	/**
	 * The value of a scalar: {@code String}, {@code Long}, {@code Double},
	 * {@code Boolean} or null.
	 * @param otherwise the message for what is no scalar
	 */
	@Nullable Object scalar(String otherwise) {
		if (!(this.node instanceof ScalarNode scalar)) {
			problem(otherwise);
			return null;
		}
		Tag tag = scalar.getTag();
		if (tag.equals(Tag.NULL)) {
			return null;
		}
		if (tag.equals(Tag.BOOL)) {
			return Boolean.valueOf(scalar.getValue());
		}
		if (!tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) {
			return scalar.getValue();
		}
		Number number = number(scalar);
		if (number == null) {
			problem("the number is too large, or none that JSON knows; put it in quotes to pass it on as text");
		}
		return number;
	}

	private static @Nullable Number number(ScalarNode scalar) {
		if (scalar.getTag().equals(Tag.INT)) {
			return Numbers.wholeNumber(scalar.getValue());
		}
		return Numbers.decimal(scalar.getValue());
	}

	/**
	 * The whole tree of maps, lists and scalars as JSON knows them.
	 */
	@Nullable Object tree() {
		return switch (this.node) {
			case MappingNode _ -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				entries().forEach((key, value) -> map.put(key, value.tree()));
				yield map;
			}
			case SequenceNode _ -> {
				List<@Nullable Object> list = new ArrayList<>();
				items().forEach(item -> list.add(item.tree()));
				yield list;
			}
			default -> scalar("expected a value");
		};
	}

	/**
	 * One of some words.
	 */
	@Nullable String word(List<String> words) {
		String text = text();
		if (text == null || words.contains(text)) {
			return text;
		}
		problem(DocumentPath.quoted(text) + " is not allowed here; allowed are " + String.join(", ", words)
				+ Suggestion.nearest(text, words).map(near -> " (did you mean '" + near + "'?)").orElse(""));
		return null;
	}

	/**
	 * The items of a list; none if it is no list.
	 */
	List<Value> items() {
		if (!(this.node instanceof SequenceNode sequence)) {
			expected("a list");
			return List.of();
		}
		List<Value> items = new ArrayList<>();
		for (Node item : sequence.getValue()) {
			items.add(new Value(item, DocumentPath.item(this.path, items.size()), this.problems));
		}
		return items;
	}

	/**
	 * A list of texts. For an item that is none, or empty, an empty text stands in the
	 * result, so that places do not shift; it has been reported.
	 */
	List<String> texts() {
		return items().stream().map(Value::item).toList();
	}

	private String item() {
		String text = text();
		if (text != null && text.isBlank()) {
			problem("must not be empty");
		}
		return (text == null || text.isBlank()) ? "" : text;
	}

	/**
	 * A list of groups; a text stands for a group of one.
	 */
	List<List<String>> groups() {
		return items().stream().map(Value::group).toList();
	}

	private List<String> group() {
		if (!(this.node instanceof SequenceNode sequence)) {
			return List.of(item());
		}
		if (sequence.getValue().isEmpty()) {
			problem("the group is empty");
		}
		return texts();
	}

	/**
	 * The entries of a mapping whose keys the author chooses; none if it is no mapping.
	 * Of a key that stands there twice, the first counts.
	 */
	Map<String, Value> entries() {
		if (!(this.node instanceof MappingNode)) {
			expected("a mapping");
		}
		return lookup();
	}

	/**
	 * The same, in silence.
	 */
	Map<String, Value> lookup() {
		if (!(this.node instanceof MappingNode mapping)) {
			return Map.of();
		}
		Map<String, Value> entries = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key) {
				entries.putIfAbsent(key.getValue(),
						new Value(tuple.getValueNode(), DocumentPath.child(this.path, key.getValue()), this.problems));
			}
		}
		return entries;
	}

	/**
	 * The entries of a mapping, each read by a function of key and value.
	 */
	<T> Map<String, T> entries(BiFunction<String, Value, T> decoder) {
		Map<String, T> result = new LinkedHashMap<>();
		entries().forEach((key, value) -> result.put(key, decoder.apply(key, value)));
		return result;
	}

}
