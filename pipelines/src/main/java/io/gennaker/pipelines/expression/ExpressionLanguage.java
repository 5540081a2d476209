package io.gennaker.pipelines.expression;

import java.util.List;

import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.WholeMatch;

/**
 * The CEL that pipelines speak, and its limits. Anyone who may save a pipeline writes
 * expressions, so each must end soon and stay small: no expression grows text by more
 * than its own length allows, since a loop may not stand in a loop.
 */
final class ExpressionLanguage {

	/** In characters. */
	static final int LONGEST = 1_000;

	private static final int DEEPEST = 32;

	private static final int MOST_ITERATIONS = 1_000;

	private static final CelOptions OPTIONS = CelOptions.current()
		.maxExpressionCodePointSize(LONGEST)
		.maxParseRecursionDepth(DEEPEST)
		.comprehensionMaxIterations(MOST_ITERATIONS)
		.maxRegexProgramSize(10_000)
		.build();

	static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

	private ExpressionLanguage() {
	}

	/**
	 * The language with every name but {@code parameters}.
	 */
	static CelBuilder builder() {
		return bare().addVar("artifacts", MapType.create(SimpleType.STRING, TEXTS))
			.addVar("trigger", TEXTS)
			.addVar("execution", TEXTS)
			.addVar("stages", MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, TEXTS)))
			.addVar("cluster.name", SimpleType.STRING)
			.addVar("cluster.region", SimpleType.STRING)
			.addVar("cluster.labels", TEXTS)
			.addVar("object", SimpleType.DYN)
			.addVar("response", SimpleType.DYN);
	}

	/**
	 * The language without a single name.
	 */
	static CelBuilder bare() {
		return CelFactory.standardCelBuilder()
			.setOptions(OPTIONS)
			.setStandardMacros(CelStandardMacro.STANDARD_MACROS)
			.addCompilerLibraries(CelExtensions.strings(CelStringExtensions.Function.JOIN))
			.addRuntimeLibraries(CelExtensions.strings(CelStringExtensions.Function.JOIN));
	}

	/**
	 * What makes a parsed expression too expensive, one message each.
	 */
	static List<String> excesses(CelAbstractSyntaxTree tree) {
		return CelNavigableAst.fromAst(tree).getRoot().allNodes().<String>mapMulti((node, found) -> {
			CelExpr expr = node.expr();
			if (expr.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION
					&& node.descendants().anyMatch(inner -> inner.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION)) {
				found.accept("a macro such as exists or map may not stand inside another");
			}
			if (expr.getKind() == CelExpr.ExprKind.Kind.CALL && expr.call().function().equals("matches")) {
				excess(expr.call()).forEach(found);
			}
		}).distinct().toList();
	}

	private static List<String> excess(CelExpr.CelCall matches) {
		CelExpr pattern = matches.args().isEmpty() ? null : matches.args().getLast();
		boolean literal = pattern != null && pattern.getKind() == CelExpr.ExprKind.Kind.CONSTANT
				&& pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE;
		if (pattern == null || !literal) {
			return List.of("the pattern of matches must be written out as text");
		}
		return WholeMatch.problem(pattern.constant().stringValue())
			.map(reason -> List.of("not a regular expression (RE2): " + reason))
			.orElse(List.of());
	}

	/** The type of a parameter's value. */
	static CelType type(Parameter parameter) {
		return switch (parameter) {
			case Parameter.Text _ -> SimpleType.STRING;
			case Parameter.Choice _ -> SimpleType.STRING;
			case Parameter.WholeNumber _ -> SimpleType.INT;
			case Parameter.Flag _ -> SimpleType.BOOL;
			case Parameter.Clusters _ -> ListType.create(SimpleType.STRING);
		};
	}

}
