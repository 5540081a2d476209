package io.gennaker.pipelines.language;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.gennaker.pipelines.expression.ExpressionChecker;
import io.gennaker.pipelines.expression.ExpressionChecker.Finding;
import io.gennaker.pipelines.expression.ExpressionChecker.Scope;
import io.gennaker.pipelines.expression.ObjectExpressions;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.HealthRule;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * Checks every expression, and that texts hold expressions only where they are evaluated.
 */
final class ExpressionCheck {

	private final Draft draft;

	private final ExpressionChecker checker;

	private final Set<String> evaluated = new HashSet<>();

	private ExpressionCheck(Draft draft) {
		this.draft = draft;
		this.checker = new ExpressionChecker(draft.pipeline());
	}

	static void check(Draft draft) {
		ExpressionCheck check = new ExpressionCheck(draft);
		check.checkTexts("values", draft.pipeline().values().files(), Scope.CLUSTER);
		check.checkSet("set", draft.pipeline().values().set(), Scope.CLUSTER);
		draft.pipeline().targets().forEach(check::checkTarget);
		check.checkHealth(draft.pipeline().health());
		draft.pipeline().stages().values().forEach(check::checkStage);
		draft.problems().textsWith(Names.EXPRESSION).forEach(check::checkEvaluated);
	}

	/** An expression that nothing evaluates would reach a cluster as it is written. */
	private void checkEvaluated(String path) {
		if (!this.evaluated.contains(path) && !this.draft.problems().covers(path)) {
			this.draft.problems().at(path, "no expression is evaluated here");
		}
	}

	private void checkHealth(List<HealthRule> rules) {
		ObjectExpressions expressions = new ObjectExpressions();
		for (int i = 0; i < rules.size(); i++) {
			String path = DocumentPath.item("health", i);
			HealthRule rule = rules.get(i);
			checkObject(path + ".healthy", rule.healthy(), expressions::condition);
			checkObject(path + ".failed", rule.failed(), expressions::condition);
			checkObject(path + ".message", rule.message(), expressions::text);
		}
	}

	private void checkObject(String path, @Nullable String source, Function<String, List<Finding>> check) {
		this.evaluated.add(path);
		if (source != null && !source.isBlank() && !this.draft.problems().any(path)) {
			report(path, check.apply(source));
		}
	}

	private void checkTarget(String name, Target target) {
		Scope scope = Scope.CLUSTER;
		checkText(Draft.targetPath(name, "namespace"), target.namespace(), scope);
		checkTexts(Draft.targetPath(name, "values"), target.values(), scope);
		target.overrides().forEach((cluster, override) -> {
			String path = DocumentPath.child(Draft.targetPath(name, "overrides"), cluster);
			checkTexts(path + ".values", override.values(), scope);
			checkSet(path + ".set", override.set(), scope);
		});
	}

	private void checkStage(Stage stage) {
		Set<String> before = GraphCheck.ancestors(this.draft.pipeline().stages(), stage.id());
		Scope scope = Scope.stages(before);
		String when = stage.options().when();
		if (when != null) {
			this.evaluated.add(Draft.stagePath(stage, "when"));
			report(Draft.stagePath(stage, "when"), this.checker.condition(when, scope));
		}
		switch (stage) {
			case Stage.Bake bake -> checkBake(bake, scope);
			case Stage.Approval approval ->
				checkText(Draft.stagePath(stage, "instructions"), approval.instructions(), scope);
			case Stage.Deploy _, Stage.Wait _ -> {
			}
		}
	}

	private void checkBake(Stage.Bake bake, Scope scope) {
		checkChart(bake, bake.chart(), scope);
		String kustomize = bake.kustomize();
		if (kustomize != null) {
			checkText(Draft.stagePath(bake, "kustomize"), kustomize, scope.withCluster());
		}
		checkText(Draft.stagePath(bake, "release"), bake.release(), scope);
		checkTexts(Draft.stagePath(bake, "values"), bake.values(), scope.withCluster());
		checkSet(Draft.stagePath(bake, "set"), bake.set(), scope.withCluster());
	}

	private void checkChart(Stage.Bake bake, ChartSource chart, Scope scope) {
		String path = Draft.stagePath(bake, "chart");
		switch (chart) {
			case ChartSource.Path(String place, String version) -> {
				checkText(path + ".path", place, scope);
				checkOptional(path + ".version", version, scope);
			}
			case ChartSource.Oci(String oci, String version, String digest) -> {
				checkText(path + ".oci", oci, scope);
				checkOptional(path + ".version", version, scope);
				checkOptional(path + ".digest", digest, scope);
			}
			case ChartSource.Repository(String repository, String name, String version) -> {
				checkText(path + ".repository", repository, scope);
				checkText(path + ".name", name, scope);
				checkText(path + ".version", version, scope);
			}
			case ChartSource.Git(String git, String ref, String place) -> {
				checkText(path + ".git", git, scope);
				checkText(path + ".ref", ref, scope);
				checkText(path + ".path", place, scope);
			}
			case ChartSource.Manifests manifests ->
				checkText(Draft.stagePath(bake, "manifests") + ".path", manifests.path(), scope.withCluster());
		}
	}

	private void checkOptional(String path, @Nullable String text, Scope scope) {
		if (text != null) {
			checkText(path, text, scope);
		}
	}

	private void checkTexts(String path, List<String> texts, Scope scope) {
		for (int i = 0; i < texts.size(); i++) {
			checkText(DocumentPath.item(path, i), texts.get(i), scope);
		}
	}

	private void checkSet(String path, Map<String, @Nullable Object> set, Scope scope) {
		set.forEach((key, value) -> {
			if (value instanceof String text) {
				checkText(DocumentPath.child(path, key), text, scope);
			}
		});
	}

	private void checkText(String path, String text, Scope scope) {
		this.evaluated.add(path);
		if (Names.hasExpression(text)) {
			report(path, this.checker.text(text, scope));
		}
	}

	private void report(String path, List<Finding> findings) {
		findings.forEach(finding -> this.draft.problems()
			.inside(path, finding.expression(), finding.offset(), finding.message()));
	}

}
