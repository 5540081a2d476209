package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the document whose keys the language gives. A key that is missing or of
 * the wrong type is reported and read as its default, so that reading goes on.
 */
final class Section {

	private static final Vocabulary TYPE = Vocabulary.of("type", "type");

	private final Value value;

	private final Map<String, Value> entries;

	private final List<String> known;

	/**
	 * Reads the mapping and reports every key that it must not have.
	 */
	Section(Value value, Vocabulary vocabulary) {
		this(value, value.entries(), vocabulary.keys());
		this.entries.keySet().stream().filter(key -> !this.known.contains(key)).forEach(this::reportUnknown);
	}

	private Section(Value value, Map<String, Value> entries, List<String> known) {
		this.value = value;
		this.entries = entries;
		this.known = known;
	}

	/**
	 * Reads a mapping that may hold further keys.
	 */
	static Section open(Value value, Vocabulary vocabulary) {
		return new Section(value, value.lookup(), vocabulary.keys());
	}

	/**
	 * Reads the key {@code type} alone of what must be a mapping.
	 */
	static @Nullable String type(Value value, List<String> types) {
		Value type = new Section(value, value.entries(), TYPE.keys()).require("type");
		return (type != null) ? type.word(types) : null;
	}

	private void reportUnknown(String key) {
		String near = Suggestion.nearest(key, this.known).map(known -> ": did you mean '" + known + "'?").orElse(null);
		this.value.problems()
			.atKey(path(key), "unknown key " + DocumentPath.quoted(key)
					+ ((near != null) ? near : "; allowed here are " + String.join(", ", this.known)));
	}

	String path(String key) {
		return DocumentPath.child(this.value.path(), key);
	}

	void problem(String key, String message) {
		this.value.problems().at(path(key), message);
	}

	@Nullable Value find(String key) {
		if (!this.known.contains(key)) {
			throw new IllegalArgumentException("The vocabulary lacks '" + key + "'");
		}
		return this.entries.get(key);
	}

	@Nullable Value require(String key) {
		Value found = find(key);
		if (found == null && this.value.kind().equals("a mapping")) {
			this.value.problems().atKey(this.value.path(), "'" + key + "' is missing");
		}
		return found;
	}

	@Nullable String text(String key) {
		Value found = find(key);
		return (found != null) ? found.text() : null;
	}

	String text(String key, String otherwise) {
		String text = text(key);
		return (text != null) ? text : otherwise;
	}

	/**
	 * A text that must be there and not be empty; else an empty one.
	 */
	String requiredText(String key) {
		Value found = require(key);
		String text = (found != null) ? found.text() : null;
		if (text != null && text.isBlank()) {
			problem(key, "must not be empty");
		}
		return (text != null) ? text : "";
	}

	boolean flag(String key, boolean otherwise) {
		Value found = find(key);
		Boolean flag = (found != null) ? found.flag() : null;
		return (flag != null) ? flag : otherwise;
	}

	@Nullable Long wholeNumber(String key) {
		Value found = find(key);
		return (found != null) ? found.wholeNumber() : null;
	}

	/**
	 * A number from a least one up to a million, or null.
	 */
	@Nullable Integer count(String key, int least) {
		Long number = wholeNumber(key);
		if (number == null) {
			return null;
		}
		if (number < least || number > 1_000_000) {
			problem(key, "must be from " + least + " to 1000000, not " + number);
			return null;
		}
		return number.intValue();
	}

	int count(String key, int least, int otherwise) {
		Integer count = count(key, least);
		return (count != null) ? count : otherwise;
	}

	@Nullable Duration duration(String key) {
		Value found = find(key);
		return (found != null) ? found.duration() : null;
	}

	/**
	 * One of some words, or null.
	 */
	@Nullable String word(String key, List<String> words) {
		Value found = find(key);
		return (found != null) ? found.word(words) : null;
	}

	List<String> texts(String key) {
		Value found = find(key);
		return (found != null) ? found.texts() : List.of();
	}

	List<List<String>> groups(String key) {
		Value found = find(key);
		return (found != null) ? found.groups() : List.of();
	}

	/**
	 * Scalars by dotted key.
	 */
	Map<String, @Nullable Object> set(String key) {
		Value found = find(key);
		Map<String, @Nullable Object> set = new LinkedHashMap<>();
		if (found != null) {
			found.entries().forEach((name, value) -> set.put(name, setValue(name, value)));
		}
		return set;
	}

	private static @Nullable Object setValue(String name, Value value) {
		if (name.isEmpty() || List.of(name.split("\\.", -1)).contains("")) {
			value.problem(DocumentPath.quoted(name) + " is not a key; write names with single dots between");
		}
		if (Names.hasExpression(name)) {
			value.problem("a key holds no expression");
		}
		if (name.contains("[")) {
			value.problem("single items of a list cannot be set; use a values file");
		}
		String instead = value.kind().equals("a list") ? "lists belong into a values file"
				: "write dotted keys such as " + DocumentPath.quoted(name + ".key") + ", or use a values file";
		return value.scalar("expected a single value, found " + value.kind() + "; " + instead);
	}

	Value value() {
		return this.value;
	}

}
