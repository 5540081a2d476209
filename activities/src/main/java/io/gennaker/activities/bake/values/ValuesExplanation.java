package io.gennaker.activities.bake.values;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.origin.Given;
import io.gennaker.activities.bake.origin.ValueOrigins;
import io.gennaker.activities.bake.renderer.MergedValues;
import org.jspecify.annotations.Nullable;

/**
 * One destination's values: what Helm merged, and for each key which layer won and what
 * it won over.
 *
 * @param entries one for each key whose value is no mapping, by key; keys that were taken
 * away too
 */
public record ValuesExplanation(List<Entry> entries) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	public ValuesExplanation {
		entries = List.copyOf(entries);
	}

	/**
	 * Explains merged values.
	 */
	public static ValuesExplanation of(MergedValues merged) {
		List<Entry> entries = new ArrayList<>();
		Set<List<String>> present = new LinkedHashSet<>();
		addLeaves(read(merged.json()), List.of(), merged.origins(), entries, present);
		merged.origins().paths().stream().filter((path) -> !present.contains(path)).forEach((path) -> {
			Optional<Given> remover = merged.origins().remover(path);
			List<Given> others = merged.origins().givers(path).stream().filter((given) -> !given.nothing()).toList();
			if (remover.isPresent() && !others.isEmpty()) {
				entries.add(new Entry(path, null, remover.get(), others));
			}
		});
		entries.sort(Comparator.comparing(Entry::key));
		return new ValuesExplanation(entries);
	}

	private static void addLeaves(JsonNode node, List<String> path, ValueOrigins origins, List<Entry> entries,
			Set<List<String>> present) {
		for (int i = 1; i <= path.size(); i++) {
			present.add(path.subList(0, i));
		}
		if (node.isObject() && (!node.isEmpty() || path.isEmpty())) {
			for (Map.Entry<String, JsonNode> field : node.properties()) {
				List<String> longer = new ArrayList<>(path);
				longer.add(field.getKey());
				addLeaves(field.getValue(), List.copyOf(longer), origins, entries, present);
			}
			return;
		}
		List<Given> givers = new ArrayList<>(origins.givers(path));
		Given winner = givers.stream().filter((given) -> given.nothing() == node.isNull()).findFirst().orElse(null);
		if (winner != null) {
			givers.subList(0, givers.indexOf(winner) + 1).clear();
		}
		entries.add(new Entry(path, node.toString(), winner, givers));
	}

	private static JsonNode read(String json) {
		try {
			return JSON.readTree(json);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Helm's values cannot be read", ex);
		}
	}

	/**
	 * What is about one key: the key itself or, where it is a mapping, all keys in it.
	 * @param key names with dots between; a backslash makes a dot part of a name
	 */
	public ValuesExplanation about(String key) {
		return new ValuesExplanation(this.entries.stream()
			.filter((entry) -> entry.key().equals(key) || entry.key().startsWith(key + "."))
			.toList());
	}

	/**
	 * The same as a person may see it: without what looks like a secret.
	 */
	public ValuesExplanation masked() {
		return new ValuesExplanation(this.entries.stream().map(SecretKeys::masked).toList());
	}

	/**
	 * A key.
	 *
	 * @param path its names
	 * @param value its value as JSON; null where it was taken away
	 * @param winner who gave it, or took it away; null where no layer names it, as with
	 * what a chart imports from another
	 * @param overridden who gave it another value, the highest layer first
	 */
	public record Entry(List<String> path, @Nullable String value, @Nullable Given winner, List<Given> overridden) {

		public Entry {
			path = List.copyOf(path);
			overridden = List.copyOf(overridden);
		}

		/**
		 * The names with dots between.
		 */
		public String key() {
			return ValueOrigins.dotted(this.path);
		}

	}

}
