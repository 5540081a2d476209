package io.gennaker.pipelines.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import io.gennaker.pipelines.expression.ExpressionChecker.Scope;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Finds names in an expression that the pipeline does not have. Keys must be written out,
 * so that every name can be checked before anything runs.
 */
final class NameCheck {

	/** CEL's names of types, which stand for themselves. */
	private static final Set<String> TYPES = Set.of("bool", "bytes", "double", "int", "list", "map", "null_type",
			"string", "type", "uint");

	private final Pipeline pipeline;

	private final Scope scope;

	private final CelAbstractSyntaxTree tree;

	private final List<NameProblem> found = new ArrayList<>();

	private NameCheck(Pipeline pipeline, Scope scope, CelAbstractSyntaxTree tree) {
		this.pipeline = pipeline;
		this.scope = scope;
		this.tree = tree;
	}

	static List<NameProblem> check(CelAbstractSyntaxTree tree, Pipeline pipeline, Scope scope) {
		NameCheck check = new NameCheck(pipeline, scope, tree);
		check.visit(tree.getExpr(), Set.of());
		return check.found;
	}

	private void visit(CelExpr expr, Set<String> locals) {
		Access access = Access.of(expr).orElse(null);
		if (access != null) {
			if (!locals.contains(access.name())) {
				checkAccess(access);
			}
			return;
		}
		switch (expr.getKind()) {
			case SELECT -> visit(expr.select().operand(), locals);
			case CALL -> {
				expr.call().target().ifPresent(target -> visit(target, locals));
				expr.call().args().forEach(argument -> visit(argument, locals));
			}
			case LIST -> expr.list().elements().forEach(element -> visit(element, locals));
			case MAP -> expr.map().entries().forEach(entry -> {
				visit(entry.key(), locals);
				visit(entry.value(), locals);
			});
			case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value(), locals));
			case COMPREHENSION -> visit(expr.comprehension(), locals);
			case CONSTANT, IDENT, NOT_SET -> {
			}
		}
	}

	private void visit(CelExpr.CelComprehension loop, Set<String> locals) {
		visit(loop.iterRange(), locals);
		visit(loop.accuInit(), locals);
		Set<String> inner = new HashSet<>(locals);
		inner.addAll(List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar()));
		visit(loop.loopCondition(), inner);
		visit(loop.loopStep(), inner);
		visit(loop.result(), inner);
	}

	private void checkAccess(Access access) {
		switch (access.name()) {
			case "parameters" -> known(access, 0, "parameter", "", this.pipeline.parameters().keySet());
			case "artifacts" -> {
				if (known(access, 0, "artifact", "", this.pipeline.artifacts().keySet())) {
					known(access, 1, "field", " of an artifact", ExpressionNames.ARTIFACT);
				}
			}
			case "trigger" -> known(access, 0, "fact", " of the trigger", ExpressionNames.TRIGGER);
			case "execution" -> known(access, 0, "fact", " of the execution", ExpressionNames.EXECUTION);
			case "stages" -> checkStages(access);
			case "cluster" -> checkCluster(access);
			default -> {
				if (!TYPES.contains(access.name()) && !this.scope.subjects().contains(access.name())) {
					report(access, "there is no name '" + access.name() + "'"
							+ Suggestion.hint(access.name(), names(), "the names"));
				}
			}
		}
	}

	private List<String> names() {
		return Stream.concat(ExpressionNames.ROOTS.stream(), this.scope.subjects().stream()).toList();
	}

	private void checkCluster(Access access) {
		if (!this.scope.cluster()) {
			report(access, "no cluster is at hand here; only a target's namespace, values and overrides, a bake's "
					+ "values and set and what is done to a cluster's objects are made per cluster");
		}
		else if (known(access, 0, "fact", " of a cluster", ExpressionNames.CLUSTER)
				&& access.steps().getFirst().equals("labels") && access.steps().size() < 2) {
			report(access, "write out which label: cluster.labels.<name>");
		}
	}

	private void checkStages(Access access) {
		Set<String> before = this.scope.stages();
		if (before == null) {
			report(access, "a target belongs to no stage, so stages are not known here");
			return;
		}
		Map<String, Stage> stages = this.pipeline.stages();
		if (!known(access, 0, "stage", "", stages.keySet())) {
			return;
		}
		String id = access.steps().getFirst();
		Stage stage = stages.get(id);
		if (!before.contains(id) || stage == null) {
			report(access, "the stage '" + id + "' is not among those that this one needs, directly or not");
			return;
		}
		if (known(access, 1, "part", " of a stage", List.of("outputs"))) {
			known(access, 2, "output", " of the stage '" + id + "'", ExpressionNames.outputs(stage));
		}
	}

	/** Whether a step is there and known; if not, it has been reported. */
	private boolean known(Access access, int index, String kind, String of, Collection<String> known) {
		String before = written(access, index);
		if (access.steps().size() <= index) {
			report(access, "write out which " + kind + of + ": " + before + ".<name>"
					+ (known.isEmpty() ? "; there is none" : ", one of " + String.join(", ", known)));
			return false;
		}
		String step = access.steps().get(index);
		if (known.contains(step)) {
			return true;
		}
		String dashed = known.stream().filter(name -> name.startsWith(step + "-")).findFirst().orElse(null);
		report(access, "there is no " + kind + " '" + step + "'" + of + ((dashed != null)
				? ": did you mean " + before + "['" + dashed + "']?" : Suggestion.hint(step, known, kind + "s")));
		return false;
	}

	private static String written(Access access, int steps) {
		StringBuilder result = new StringBuilder(access.name());
		access.steps()
			.stream()
			.limit(steps)
			.forEach(step -> result.append(step.contains("-") ? "['" + step + "']" : "." + step));
		return result.toString();
	}

	private void report(Access access, String message) {
		this.found.add(new NameProblem(this.tree.getSource().getPositionsMap().getOrDefault(access.id(), 0), message));
	}

	/**
	 * What is wrong with a name.
	 *
	 * @param offset of the name in the expression, in code points
	 */
	record NameProblem(int offset, String message) {
	}

}
