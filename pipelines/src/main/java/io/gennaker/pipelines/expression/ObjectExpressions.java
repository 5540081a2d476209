package io.gennaker.pipelines.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.primitives.UnsignedLong;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.gennaker.pipelines.expression.ExpressionChecker.Finding;
import io.gennaker.pipelines.model.HealthRule;
import org.jspecify.annotations.Nullable;

/**
 * CEL over one object of a cluster, known as {@code object}: a tree of maps and lists
 * whose fields nobody knows beforehand. Expressions stand as they are, or in
 * <code>${{ }}</code>. Thread-safe; compiled expressions are kept.
 */
public final class ObjectExpressions {

	private static final Pattern UNKNOWN = Pattern.compile(".*undeclared reference to '([^']*)'.*");

	private static final int MOST_KEPT = 512;

	private final Cel cel = ExpressionLanguage.bare().addVar("object", SimpleType.DYN).build();

	private final Map<String, Program> programs = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
			return size() > MOST_KEPT;
		}

	};

	/**
	 * Why a rule may not be for its kind, if so: what a rule says of an object is shown
	 * to everyone.
	 */
	public static Optional<String> unsuitable(HealthRule rule) {
		return rule.kind().equals("Secret") ? Optional.of("a Secret has no health, and nothing of it may be shown")
				: Optional.empty();
	}

	/**
	 * What is wrong with an expression that must give true or false.
	 */
	public List<Finding> condition(String source) {
		return check(source, Set.of(CelKind.BOOL, CelKind.DYN), "true or false");
	}

	/**
	 * What is wrong with an expression that must give a text, or what can be written as
	 * one.
	 */
	public List<Finding> text(String source) {
		return check(source, ExpressionChecker.WRITABLE, "text, a number or true or false");
	}

	/**
	 * Whether a condition holds of an object.
	 * @param object its JSON as maps, lists, texts, numbers and booleans
	 * @throws ExpressionException if it cannot be told, such as for a field that the
	 * object does not have
	 */
	public boolean holds(String condition, Map<String, ?> object) {
		if (evaluate(condition, object) instanceof Boolean holds) {
			return holds;
		}
		throw new ExpressionException(condition.strip(), "gives neither true nor false");
	}

	/**
	 * A text about an object.
	 * @param object its JSON as maps, lists, texts, numbers and booleans
	 * @throws ExpressionException if it cannot be told
	 */
	public String text(String source, Map<String, ?> object) {
		Object value = evaluate(source, object);
		return switch (value) {
			case String text -> text;
			case Boolean _, Long _, Double _, UnsignedLong _ -> value.toString();
			default -> throw new ExpressionException(source.strip(), "gives neither text, a number, true nor false");
		};
	}

	private List<Finding> check(String written, Set<CelKind> results, String expected) {
		try {
			String source = Template.condition(written);
			int expression = source.equals(written) ? -1 : 0;
			if (source.isBlank()) {
				return List.of(new Finding(expression, 0, "the expression is empty"));
			}
			if (source.length() > ExpressionLanguage.LONGEST) {
				return List.of(new Finding(expression, 0, "an expression may have " + ExpressionLanguage.LONGEST
						+ " characters, not " + source.length()));
			}
			CelValidationResult parsed = this.cel.parse(source);
			if (parsed.hasError()) {
				return ExpressionChecker.findings(parsed, expression).subList(0, 1);
			}
			CelAbstractSyntaxTree tree = parsed.getAst();
			List<Finding> findings = new ArrayList<>();
			ExpressionLanguage.excesses(tree).forEach((excess) -> findings.add(new Finding(expression, 0, excess)));
			return findings.isEmpty() ? types(tree, expression, results, expected) : findings;
		}
		catch (CelValidationException ex) {
			return List.of(new Finding(-1, 0, String.valueOf(ex.getMessage())));
		}
		catch (Template.Unclosed ex) {
			return List.of(new Finding(ex.expression(), 0, Template.Unclosed.REASON));
		}
	}

	private List<Finding> types(CelAbstractSyntaxTree tree, int expression, Set<CelKind> results, String expected)
			throws CelValidationException {
		CelValidationResult result = this.cel.check(tree);
		if (result.hasError()) {
			return ExpressionChecker.findings(result, expression)
				.stream()
				.map((finding) -> new Finding(finding.expression(), finding.offset(),
						UNKNOWN.matcher(finding.message())
							.replaceFirst("there is no name '$1'; the object is 'object'")))
				.toList();
		}
		CelType type = result.getAst().getResultType();
		return results.contains(type.kind()) ? List.of() : List.of(new Finding(expression, 0,
				"the expression gives " + ExpressionChecker.described(type) + ", not " + expected));
	}

	private Object evaluate(String written, Map<String, ?> object) {
		try {
			String source = Template.condition(written);
			try {
				return program(source).eval(Map.of("object", plain(object)));
			}
			catch (CelEvaluationException ex) {
				throw new ExpressionException(source.strip(), Expressions.reason(ex));
			}
		}
		catch (Template.Unclosed ex) {
			throw new ExpressionException(written.strip(), Template.Unclosed.REASON);
		}
	}

	private Program program(String source) {
		synchronized (this.programs) {
			return this.programs.computeIfAbsent(source, this::compile);
		}
	}

	private Program compile(String source) {
		try {
			CelAbstractSyntaxTree tree = this.cel.parse(source).getAst();
			List<String> excesses = ExpressionLanguage.excesses(tree);
			if (!excesses.isEmpty()) {
				throw new ExpressionException(source.strip(), String.join("; ", excesses));
			}
			return this.cel.createProgram(this.cel.check(tree).getAst());
		}
		catch (CelValidationException | CelEvaluationException ex) {
			throw new ExpressionException(source.strip(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A tree as CEL reads it: its whole numbers have 64 bits, and a field without a value
	 * is a field that is not there.
	 */
	private static Object plain(Object value) {
		return switch (value) {
			case Map<?, ?> map -> {
				Map<String, Object> copy = new HashMap<>();
				map.forEach((key, item) -> keep(copy, String.valueOf(key), item));
				yield copy;
			}
			case List<?> list -> list.stream().filter((item) -> item != null).map(ObjectExpressions::plain).toList();
			case String _, Boolean _, Long _, Double _ -> value;
			case Float number -> number.doubleValue();
			case Integer number -> number.longValue();
			case BigDecimal number -> number.doubleValue();
			case Number number -> number.longValue();
			default -> value.toString();
		};
	}

	private static void keep(Map<String, Object> copy, String key, @Nullable Object value) {
		if (value != null) {
			copy.put(key, plain(value));
		}
	}

}
