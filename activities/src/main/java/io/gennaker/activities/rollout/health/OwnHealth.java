package io.gennaker.activities.rollout.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.ObjectExpressions;
import io.gennaker.pipelines.model.HealthRule;
import org.jspecify.annotations.Nullable;

/**
 * Health by people's own rules; the first rule that is for a kind decides for its
 * objects, before all that is built in. A rule that cannot be evaluated, such as one that
 * asks for a field that is not there yet, says "not yet" and why.
 */
public final class OwnHealth {

	/** Compiles once for all rollouts. */
	private static final ObjectExpressions EXPRESSIONS = new ObjectExpressions();

	private final List<HealthRule> rules;

	public OwnHealth(List<HealthRule> rules) {
		this.rules = List.copyOf(rules);
	}

	/**
	 * These rules, and others where these have none.
	 */
	public OwnHealth before(List<HealthRule> others) {
		return new OwnHealth(Stream.concat(this.rules.stream(), others.stream()).toList());
	}

	/**
	 * Whether there is a rule for a kind.
	 */
	public boolean covers(String apiVersion, String kind) {
		return rule(apiVersion, kind).isPresent();
	}

	/**
	 * What the rule for an object's kind says of it; empty where there is none.
	 * @param tree the object's JSON
	 */
	public Optional<Health> of(GenericKubernetesResource object, Map<String, ?> tree) {
		return rule(object.getApiVersion(), object.getKind()).map((rule) -> {
			Health unsettled = Health.unsettled(object);
			return (unsettled != null) ? unsettled : evaluated(rule, tree);
		});
	}

	private Optional<HealthRule> rule(String apiVersion, String kind) {
		return this.rules.stream().filter((rule) -> rule.covers(apiVersion, kind)).findFirst();
	}

	private static Health evaluated(HealthRule rule, Map<String, ?> tree) {
		try {
			if (rule.failed() != null && EXPRESSIONS.holds(rule.failed(), tree)) {
				return Health.failed(message(rule.message(), tree, "has failed, as its rule has it: " + rule.failed()));
			}
			return EXPRESSIONS.holds(rule.healthy(), tree) ? Health.healthy(message(rule.message(), tree, ""))
					: Health.progressing(message(rule.message(), tree, "not yet so: " + rule.healthy()));
		}
		catch (ExpressionException ex) {
			return Health.progressing("its rule of health cannot tell yet: " + ex.getMessage());
		}
	}

	/**
	 * A message that cannot be made changes nothing of what is told.
	 */
	private static String message(@Nullable String source, Map<String, ?> tree, String otherwise) {
		if (source == null) {
			return otherwise;
		}
		try {
			String text = EXPRESSIONS.text(source, tree);
			return text.isBlank() ? otherwise : text;
		}
		catch (ExpressionException ex) {
			return otherwise.isEmpty() ? "its message cannot be told: " + ex.getMessage() : otherwise;
		}
	}

}
