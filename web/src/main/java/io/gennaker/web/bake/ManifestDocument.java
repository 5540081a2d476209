package io.gennaker.web.bake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One object of a YAML stream, as a person may see it: what a Secret holds is masked.
 *
 * @param kind such as {@code Deployment}
 * @param name the object's name
 * @param text its YAML
 * @param masked whether something was left out
 */
public record ManifestDocument(String kind, String name, String text, boolean masked) {

	private static final String MASK = "•••";

	private static final List<String> SECRET_FIELDS = List.of("data", "stringData");

	/**
	 * How many lines it has.
	 */
	public long lines() {
		return this.text.lines().count();
	}

	/**
	 * The documents of a stream. One that cannot be read is shown as such, not as text:
	 * it might be a Secret.
	 */
	public static List<ManifestDocument> of(String stream) {
		List<ManifestDocument> documents = new ArrayList<>();
		for (String text : stream.split("(?m)^---.*$")) {
			if (!text.isBlank()) {
				documents.addAll(read(text.strip() + "\n"));
			}
		}
		return documents;
	}

	private static List<ManifestDocument> read(String text) {
		try {
			Object object = new Load(LoadSettings.builder().setMaxAliasesForCollections(20).build())
				.loadFromString(text);
			return (object instanceof Map<?, ?> fields) ? List.of(document(fields, text)) : List.of();
		}
		catch (YamlEngineException ex) {
			return List.of(new ManifestDocument("?", "?", MASK, true));
		}
	}

	private static ManifestDocument document(Map<?, ?> fields, String text) {
		String kind = String.valueOf(fields.get("kind"));
		String name = (fields.get("metadata") instanceof Map<?, ?> metadata) ? String.valueOf(metadata.get("name"))
				: "";
		Map<Object, @Nullable Object> shown = masked(fields);
		return shown.equals(fields) ? new ManifestDocument(kind, name, text, false)
				: new ManifestDocument(kind, name, dump(shown), true);
	}

	private static @Nullable Object masked(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case Map<?, ?> fields -> masked(fields);
			case List<?> items -> items.stream().map(ManifestDocument::masked).toList();
			default -> value;
		};
	}

	private static Map<Object, @Nullable Object> masked(Map<?, ?> fields) {
		boolean secret = "Secret".equals(fields.get("kind"));
		Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
		fields.forEach((key, field) -> shown.put(key, secret ? hidden(String.valueOf(key), field) : masked(field)));
		return shown;
	}

	private static @Nullable Object hidden(String name, @Nullable Object field) {
		if (field instanceof Map<?, ?> entries && SECRET_FIELDS.contains(name)) {
			Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
			entries.keySet().forEach((key) -> shown.put(key, MASK));
			return shown;
		}
		if (field instanceof Map<?, ?> metadata && name.equals("metadata") && metadata.containsKey("annotations")) {
			Map<Object, @Nullable Object> shown = new LinkedHashMap<>(metadata);
			shown.put("annotations", MASK);
			return shown;
		}
		return field;
	}

	private static String dump(Object value) {
		return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build()).dumpToString(value);
	}

}
