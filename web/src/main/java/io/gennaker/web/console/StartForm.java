package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * What somebody filled in to start an execution.
 *
 * @param parameters by parameter; null for a form that is fresh
 * @param chosen tags or digests picked from the list, by component; empty to leave it
 * @param typed tags or digests typed, by component, which win over the list
 * @param allowOlder whether it may replace something newer
 * @param key makes the same form, sent twice, one execution
 */
record StartForm(@Nullable Map<String, List<String>> parameters, Map<String, String> chosen, Map<String, String> typed,
		boolean allowOlder, String key) {

	private static final String PARAMETER = "parameters.";

	private static final String CHOSEN = "artifacts.";

	private static final String TYPED = "other.";

	static StartForm fresh() {
		return new StartForm(null, Map.of(), Map.of(), false, newKey());
	}

	static StartForm of(MultiValueMap<String, String> form) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		Map<String, String> chosen = new LinkedHashMap<>();
		Map<String, String> typed = new LinkedHashMap<>();
		form.forEach((field, values) -> {
			if (field.startsWith(PARAMETER)) {
				parameters.put(field.substring(PARAMETER.length()), new ArrayList<>(values));
			}
			else if (field.startsWith(CHOSEN)) {
				chosen.put(field.substring(CHOSEN.length()), values.getLast().strip());
			}
			else if (field.startsWith(TYPED)) {
				typed.put(field.substring(TYPED.length()), values.getLast().strip());
			}
		});
		String key = form.getFirst("key");
		return new StartForm(parameters, chosen, typed, "true".equals(form.getFirst("allow-older")),
				(key != null && !key.isBlank()) ? key : newKey());
	}

	/**
	 * The values for the pipeline's parameters. A field left empty counts as not given
	 * only where there is no default that would silently take its place.
	 */
	Map<String, Object> parameters(Pipeline pipeline) {
		Map<String, List<String>> given = (this.parameters != null) ? this.parameters : Map.of();
		Map<String, Object> values = new LinkedHashMap<>();
		pipeline.parameters().forEach((name, parameter) -> {
			List<String> texts = given.getOrDefault(name, List.of());
			switch (parameter) {
				case Parameter.Clusters _ -> values.put(name, texts);
				case Parameter.Flag _ -> values.put(name, String.valueOf(texts.contains("true")));
				case Parameter.Text text -> put(values, name, texts, text.defaultValue());
				case Parameter.WholeNumber number -> put(values, name, texts, number.defaultValue());
				case Parameter.Choice choice -> put(values, name, texts, choice.defaultValue());
			}
		});
		given.forEach((name, texts) -> {
			if (!pipeline.parameters().containsKey(name)) {
				values.put(name, texts.isEmpty() ? "" : texts.getLast());
			}
		});
		return values;
	}

	private static void put(Map<String, Object> values, String name, List<String> texts, @Nullable Object standard) {
		String text = texts.isEmpty() ? "" : texts.getLast();
		if (!text.isEmpty() || standard != null) {
			values.put(name, text);
		}
	}

	Map<String, String> references() {
		Map<String, String> references = new LinkedHashMap<>(this.chosen);
		this.typed.forEach((component, reference) -> {
			if (!reference.isEmpty()) {
				references.put(component, reference);
			}
		});
		references.values().removeIf(String::isEmpty);
		return references;
	}

	static String newKey() {
		return "console-" + UUID.randomUUID();
	}

}
