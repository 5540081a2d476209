package io.gennaker.pipelines.language;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Target.Override;

/**
 * Reads an entry of {@code targets}.
 */
final class TargetDecoder {

	static final Vocabulary KEYS = Vocabulary.of("target", "clusters", "namespace", "values", "overrides");

	static final Vocabulary OVERRIDE = Vocabulary.of("override", "values", "set");

	private TargetDecoder() {
	}

	static Target decode(Value value) {
		Section section = new Section(value, KEYS);
		Value clusters = section.require("clusters");
		ClusterSelector selector = (clusters != null) ? selector(clusters) : new ClusterSelector.Named(List.of());
		String namespace = section.requiredText("namespace");
		if (!namespace.isBlank() && !Names.hasExpression(namespace) && !Names.isDnsLabel(namespace)) {
			section.problem("namespace", Names.notDnsLabel(namespace));
		}
		Value overrides = section.find("overrides");
		return new Target(selector, namespace, section.texts("values"),
				(overrides != null) ? overrides.entries((_, one) -> override(one)) : Map.of());
	}

	private static Override override(Value value) {
		Section section = new Section(value, OVERRIDE);
		return new Override(section.texts("values"), section.set("set"));
	}

	private static ClusterSelector selector(Value value) {
		return switch (value.kind()) {
			case "a mapping" -> labelled(value);
			case "a list" -> named(value);
			default -> {
				value.problem("expected a list of names or a mapping of labels, found " + value.kind());
				yield new ClusterSelector.Named(List.of());
			}
		};
	}

	private static ClusterSelector labelled(Value value) {
		Map<String, String> labels = new LinkedHashMap<>();
		value.lookup().forEach((key, label) -> {
			String text = label.text();
			if (text != null) {
				labels.put(key, text);
			}
		});
		if (value.lookup().isEmpty()) {
			value.problem("name at least one label");
		}
		return new ClusterSelector.Labelled(labels);
	}

	private static ClusterSelector named(Value value) {
		List<String> names = value.texts();
		Set<String> before = new HashSet<>();
		List<Value> items = value.items();
		for (int i = 0; i < names.size(); i++) {
			if (!names.get(i).isEmpty() && !before.add(names.get(i))) {
				items.get(i).problem(DocumentPath.quoted(names.get(i)) + " stands there twice");
			}
		}
		if (names.isEmpty()) {
			value.problem("name at least one cluster");
		}
		return new ClusterSelector.Named(names);
	}

}
