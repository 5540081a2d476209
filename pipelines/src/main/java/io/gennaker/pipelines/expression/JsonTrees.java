package io.gennaker.pipelines.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.NullValue;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import org.jspecify.annotations.Nullable;

/**
 * JSON as expressions see it.
 */
final class JsonTrees {

	/** Of a value that is shown, in characters. */
	private static final int LONGEST = 200;

	private JsonTrees() {
	}

	/**
	 * A tree of maps, lists and scalars in CEL's own types: every whole number is a
	 * {@code Long}.
	 */
	static Object celValue(@Nullable Object tree) {
		return switch (tree) {
			case null -> NullValue.NULL_VALUE;
			case Map<?, ?> map -> {
				Map<String, Object> copy = new LinkedHashMap<>();
				map.forEach((key, value) -> copy.put(String.valueOf(key), celValue(value)));
				yield copy;
			}
			case List<?> list -> {
				List<Object> copy = new ArrayList<>();
				list.forEach(item -> copy.add(celValue(item)));
				yield copy;
			}
			case Double number -> number;
			case Float number -> number.doubleValue();
			case java.math.BigDecimal number -> number.doubleValue();
			case Number number -> number.longValue();
			case Boolean flag -> flag;
			default -> String.valueOf(tree);
		};
	}

	/**
	 * What an expression reads of a subject by written-out keys.
	 */
	static Map<String, String> readings(CelAbstractSyntaxTree expression, String subject, Object tree) {
		Map<String, String> readings = new LinkedHashMap<>();
		CelNavigableAst.fromAst(expression).getRoot().allNodes().forEach(node -> {
			boolean part = node.parent().map(parent -> isPath(parent.expr())).orElse(false);
			if (!part) {
				Access.of(node.expr())
					.filter(access -> access.name().equals(subject) && !access.steps().isEmpty())
					.ifPresent(access -> readings.put(written(access), value(tree, access.steps())));
			}
		});
		return readings;
	}

	/** Whether a node only reads further below its child. */
	private static boolean isPath(CelExpr expr) {
		return Access.of(expr).isPresent();
	}

	private static String written(Access access) {
		return access.name() + "." + String.join(".", access.steps());
	}

	private static String value(@Nullable Object tree, List<String> steps) {
		Object at = tree;
		for (String step : steps) {
			at = (at instanceof Map<?, ?> map) ? map.get(step) : null;
		}
		String text = switch (at) {
			case null -> "not there";
			case String words -> "'" + words + "'";
			default -> String.valueOf(at);
		};
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) + " …" : text;
	}

}
