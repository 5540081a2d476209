package io.gennaker.activities.bake.values;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@code set} with dotted keys into a layer of values. Text stays text, numbers
 * stay numbers and null takes a chart's default away; Helm's own {@code --set} guesses
 * types and applies overlapping keys in any order. Written as JSON, in which, unlike in
 * plain YAML, a text like {@code yes} can be nothing else.
 */
final class SetValues {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String place;

	private final Map<String, @Nullable Object> root = new LinkedHashMap<>();

	/**
	 * An empty set.
	 * @param place where it stands, for messages
	 */
	SetValues(String place) {
		this.place = place;
	}

	/**
	 * Adds a value.
	 * @param key names separated by dots; {@code \.} is a dot in a name
	 */
	void put(String key, @Nullable Object value) {
		if (!(value == null || value instanceof String || value instanceof Number || value instanceof Boolean)) {
			throw refused(key,
					"is neither text, number, true, false nor null; give lists and mappings in a values file");
		}
		List<String> names = names(key);
		Map<String, @Nullable Object> map = this.root;
		for (String name : names.subList(0, names.size() - 1)) {
			map = within(map, name, key);
		}
		String last = names.getLast();
		if (map.containsKey(last)) {
			throw refused(key, "is set twice, or overlaps with another key");
		}
		map.put(last, value);
	}

	@SuppressWarnings("unchecked")
	private Map<String, @Nullable Object> within(Map<String, @Nullable Object> map, String name, String key) {
		if (!map.containsKey(name)) {
			map.put(name, new LinkedHashMap<String, @Nullable Object>());
		}
		if (map.get(name) instanceof Map<?, ?> inner) {
			return (Map<String, @Nullable Object>) inner;
		}
		throw refused(key, "overlaps with another key, which gives '" + name + "' a value of its own");
	}

	private List<String> names(String key) {
		List<String> names = new ArrayList<>();
		StringBuilder name = new StringBuilder();
		for (int i = 0; i < key.length(); i++) {
			char c = key.charAt(i);
			if (c == '\\' && i + 1 < key.length()) {
				i++;
				name.append(key.charAt(i));
			}
			else if (c == '.') {
				names.add(name.toString());
				name.setLength(0);
			}
			else if (c == '[' || c == ']') {
				throw refused(key, "names an element of a list, which set cannot change; give the whole list in a "
						+ "values file, or write \\[ for a bracket in a name");
			}
			else {
				name.append(c);
			}
		}
		names.add(name.toString());
		if (names.contains("")) {
			throw refused(key, "has an empty name between its dots");
		}
		return names;
	}

	private BakeRefusedException refused(String key, String reason) {
		return new BakeRefusedException(this.place + ": key '" + key + "' " + reason);
	}

	/**
	 * The values as a YAML mapping.
	 */
	byte[] yaml() {
		try {
			return JSON.writeValueAsString(this.root).getBytes(StandardCharsets.UTF_8);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("texts, numbers and maps can be written as JSON", ex);
		}
	}

}
