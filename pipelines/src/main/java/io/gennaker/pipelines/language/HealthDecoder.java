package io.gennaker.pipelines.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.expression.ObjectExpressions;
import io.gennaker.pipelines.model.HealthRule;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code health}: the pipeline's own rules for kinds of objects.
 */
final class HealthDecoder {

	static final Vocabulary RULE = Vocabulary.of("healthRule", "kind", "api-version", "healthy", "failed", "message");

	private HealthDecoder() {
	}

	static List<HealthRule> decode(@Nullable Value value) {
		if (value == null) {
			return List.of();
		}
		List<HealthRule> rules = new ArrayList<>();
		Map<List<String>, String> places = new HashMap<>();
		for (Value item : value.items()) {
			Section section = new Section(item, RULE);
			if (!item.kind().equals("a mapping")) {
				continue;
			}
			HealthRule rule = new HealthRule(ObjectKinds.kind(section), ObjectKinds.apiVersion(section),
					section.requiredText("healthy"), section.text("failed"), section.text("message"));
			String first = places.putIfAbsent(List.of(rule.kind(), Objects.requireNonNullElse(rule.apiVersion(), "")),
					item.path());
			if (first != null) {
				item.problem("a rule for this kind stands already at " + first);
			}
			ObjectExpressions.unsuitable(rule).ifPresent((reason) -> section.problem("kind", reason));
			rules.add(rule);
		}
		return rules;
	}

}
