package io.gennaker.web.settings;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.pipelines.expression.ExpressionChecker.Finding;
import io.gennaker.pipelines.expression.ObjectExpressions;
import io.gennaker.pipelines.model.HealthRule;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This service's own rules of health, under {@code gennaker.health}: for all pipelines,
 * below a pipeline's own.
 *
 * @param health the rules, written as in a pipeline file
 */
@ConfigurationProperties("gennaker")
public record HealthProperties(@DefaultValue List<Rule> health) {

	public HealthProperties {
		ObjectExpressions expressions = new ObjectExpressions();
		for (int i = 0; i < health.size(); i++) {
			health.get(i).check("gennaker.health[" + i + "]", expressions);
		}
	}

	/**
	 * The rules, checked.
	 */
	public List<HealthRule> rules() {
		return this.health.stream().map(Rule::rule).toList();
	}

	/**
	 * A rule of health.
	 *
	 * @param kind such as {@code Rollout}
	 * @param apiVersion such as {@code argoproj.io/v1alpha1}; any without it
	 * @param healthy a CEL condition over {@code object}
	 * @param failed a CEL condition over {@code object}
	 * @param message a text by CEL over {@code object}
	 */
	public record Rule(@Nullable String kind, @Nullable String apiVersion, @Nullable String healthy,
			@Nullable String failed, @Nullable String message) {

		private void check(String place, ObjectExpressions expressions) {
			if (this.kind == null || this.kind.isBlank()) {
				throw new IllegalArgumentException(place + " needs 'kind'");
			}
			if (this.healthy == null || this.healthy.isBlank()) {
				throw new IllegalArgumentException(place + " needs 'healthy'");
			}
			ObjectExpressions.unsuitable(rule()).ifPresent((reason) -> {
				throw new IllegalArgumentException(place + ".kind: " + reason);
			});
			List<String> problems = new ArrayList<>();
			add(problems, "healthy", expressions.condition(this.healthy));
			add(problems, "failed", (this.failed != null) ? expressions.condition(this.failed) : List.of());
			add(problems, "message", (this.message != null) ? expressions.text(this.message) : List.of());
			if (!problems.isEmpty()) {
				throw new IllegalArgumentException(place + "." + String.join("; ", problems));
			}
		}

		private static void add(List<String> problems, String key, List<Finding> findings) {
			findings.forEach((finding) -> problems.add(key + ": " + finding.message()));
		}

		private HealthRule rule() {
			return new HealthRule((this.kind != null) ? this.kind : "", this.apiVersion,
					(this.healthy != null) ? this.healthy : "", this.failed, this.message);
		}

	}

}
