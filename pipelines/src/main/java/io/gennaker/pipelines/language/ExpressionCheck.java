package io.gennaker.pipelines.language;

import java.time.Duration;
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
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.HealthRule;
import io.gennaker.pipelines.model.ObjectChoice;
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
			checkWhen(Draft.stagePath(stage, "when"), when, scope);
		}
		switch (stage) {
			case Stage.Bake bake -> checkBake(bake, scope);
			case Stage.Approval approval ->
				checkText(Draft.stagePath(stage, "instructions"), approval.instructions(), scope);
			case Stage.Operation operation ->
				checkOperation(Draft.stagePath(stage.id()), operation.operation(), scope.withCluster());
			case Stage.Webhook webhook -> checkWebhook(Draft.stagePath(stage.id()), webhook, scope);
			case Stage.ChildPipeline child -> {
				checkTree(Draft.stagePath(stage, "parameters"), child.parameters(), scope);
				checkTree(Draft.stagePath(stage, "artifacts"), child.artifacts(), scope);
			}
			case Stage.Undo undo -> checkText(Draft.stagePath(stage, "release"), undo.release(), scope.withCluster());
			case Stage.Deploy _, Stage.Wait _ -> {
			}
		}
	}

	private void checkWebhook(String path, Stage.Webhook webhook, Scope scope) {
		checkText(path + ".url", webhook.url(), scope);
		webhook.headers().forEach((name, value) -> {
			if (value instanceof Stage.HeaderValue.Text(String text)) {
				checkText(DocumentPath.child(path + ".headers", name), text, scope);
			}
		});
		checkTree(path + ".body", webhook.body(), scope);
		if (webhook.success() != null) {
			checkCondition(path + ".success", webhook.success(), scope.with("response"));
		}
		Stage.Poll poll = webhook.poll();
		if (poll != null) {
			checkOptional(path + ".poll.url", poll.url(), scope);
			checkCondition(path + ".poll.until", poll.until(), scope.with("response"));
		}
	}

	private void checkWhen(String path, String when, Scope scope) {
		this.evaluated.add(path);
		report(path, this.checker.condition(when, scope));
	}

	private void checkOperation(String path, ClusterOperation operation, Scope scope) {
		switch (operation) {
			case ClusterOperation.Restart(ObjectChoice objects) -> checkObject(path, objects, scope);
			case ClusterOperation.Scale(ObjectChoice objects, String replicas, boolean _) -> {
				checkObject(path, objects, scope);
				checkText(path + ".replicas", replicas, scope);
			}
			case ClusterOperation.Check(ObjectChoice object, String that, Duration _) -> {
				checkObject(path, object, scope);
				checkCondition(path + ".that", that, scope.with("object"));
			}
			case ClusterOperation.RunJob job -> checkJob(path, job.source(), scope);
			case ClusterOperation.Patch(ObjectChoice object, ClusterOperation.PatchForm _, Object patch) -> {
				checkObject(path, object, scope);
				checkTree(path + ".patch", patch, scope);
			}
			case ClusterOperation.Delete(ObjectChoice objects, boolean _) -> checkObject(path, objects, scope);
		}
	}

	private void checkObject(String stage, ObjectChoice choice, Scope scope) {
		String path = stage + ".object";
		checkOptional(path + ".name", choice.name(), scope);
		checkOptional(path + ".namespace", choice.namespace(), scope);
		choice.selector()
			.forEach((label, value) -> checkText(DocumentPath.child(path + ".selector", label), value, scope));
	}

	private void checkJob(String path, ClusterOperation.JobSource source, Scope scope) {
		switch (source) {
			case ClusterOperation.JobSource.File _ -> {
			}
			case ClusterOperation.JobSource.Container container -> {
				checkOptional(path + ".image", container.image(), scope);
				checkOptional(path + ".service-account", container.serviceAccount(), scope);
				checkTexts(path + ".command", container.command(), scope);
				checkTexts(path + ".args", container.args(), scope);
				container.env()
					.forEach((name, value) -> checkText(DocumentPath.child(path + ".env", name), value, scope));
			}
		}
	}

	/** Texts anywhere in a tree may hold expressions. */
	private void checkTree(String path, @Nullable Object tree, Scope scope) {
		switch (tree) {
			case String text -> checkText(path, text, scope);
			case Map<?, ?> map ->
				map.forEach((key, value) -> checkTree(DocumentPath.child(path, String.valueOf(key)), value, scope));
			case List<?> list -> {
				for (int i = 0; i < list.size(); i++) {
					checkTree(DocumentPath.item(path, i), list.get(i), scope);
				}
			}
			case null, default -> {
			}
		}
	}

	private void checkCondition(String path, String condition, Scope scope) {
		this.evaluated.add(path);
		if (!condition.isBlank()) {
			report(path, this.checker.condition(condition, scope));
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
