package io.gennaker.pipelines.language;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a deploy goes from cluster to cluster: {@code waves}, {@code canary-cluster},
 * {@code failure-budget} and {@code when-exceeded}.
 */
final class PacingDecoder {

	static final Vocabulary WAVES = Vocabulary.of("waves", "by", "after");

	private static final Pattern PERCENT = Pattern.compile("(100|[1-9]?[0-9])%");

	private PacingDecoder() {
	}

	/**
	 * The waves of a list; none where {@code waves} is a mapping.
	 */
	static List<List<String>> listed(Section section) {
		Value waves = section.find("waves");
		if (waves == null || waves.kind().equals("a mapping")) {
			return List.of();
		}
		if (!waves.kind().equals("a list")) {
			waves.problem("expected a list of waves, or a mapping with 'by' or 'after', found " + waves.kind());
			return List.of();
		}
		return waves.groups();
	}

	/**
	 * The budget as a count; 0 where it is a percentage.
	 */
	static int budget(Section section) {
		Value budget = section.find("failure-budget");
		return (budget != null && budget.kind().equals("a number")) ? section.count("failure-budget", 0, 0) : 0;
	}

	static Pacing decode(Section section) {
		Value waves = section.find("waves");
		Section rules = (waves != null && waves.kind().equals("a mapping")) ? new Section(waves, WAVES) : null;
		String exceeded = section.word("when-exceeded", Words.of(WhenExceeded.values()));
		return new Pacing((rules != null) ? label(rules) : null, (rules != null) ? edges(rules) : Map.of(),
				named(section, "canary-cluster"), percent(section),
				(exceeded != null) ? Words.constant(WhenExceeded.class, exceeded) : WhenExceeded.FAIL);
	}

	private static @Nullable String label(Section rules) {
		if (rules.value().lookup().isEmpty()) {
			rules.value().problem("give 'by', 'after', or both");
		}
		return named(rules, "by");
	}

	private static @Nullable String named(Section section, String key) {
		String text = section.text(key);
		if (text != null && text.isBlank()) {
			section.problem(key, "must not be empty");
			return null;
		}
		return text;
	}

	private static Map<String, List<String>> edges(Section rules) {
		Value after = rules.find("after");
		if (after == null) {
			return Map.of();
		}
		Map<String, List<String>> edges = new LinkedHashMap<>();
		after.entries().forEach((name, before) -> edges.put(name, before(before)));
		if (after.kind().equals("a mapping") && edges.isEmpty()) {
			after.problem("name at least one that waits for others");
		}
		return edges;
	}

	private static List<String> before(Value value) {
		List<Value> items = value.items();
		if (value.kind().equals("a list") && items.isEmpty()) {
			value.problem("name at least one that goes before");
		}
		List<String> names = value.kind().equals("a list") ? value.texts() : List.of();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < names.size(); i++) {
			if (!names.get(i).isEmpty() && !seen.add(names.get(i))) {
				items.get(i).problem(DocumentPath.quoted(names.get(i)) + " stands there twice");
			}
		}
		return names;
	}

	private static @Nullable Integer percent(Section section) {
		Value budget = section.find("failure-budget");
		if (budget == null || budget.kind().equals("a number")) {
			return null;
		}
		if (!budget.kind().equals("text")) {
			budget.problem("expected a number of clusters or a percentage such as 10%, found " + budget.kind());
			return null;
		}
		String text = budget.text();
		if (text == null || !PERCENT.matcher(text).matches()) {
			budget.problem(DocumentPath.quoted(String.valueOf(text))
					+ " is neither a number of clusters nor a percentage such as 10%");
			return null;
		}
		return Integer.valueOf(text.substring(0, text.length() - 1));
	}

}
