package io.gennaker.pipelines.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.gennaker.pipelines.expression.Template.Part;
import io.gennaker.pipelines.model.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Checks the expressions of one pipeline before anything runs: syntax, names, types and
 * limits. Thread-safe.
 */
public final class ExpressionChecker {

	static final Set<CelKind> WRITABLE = Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL,
			CelKind.DYN);

	/** What a subject holds is known only when it is there. */
	private static final Set<CelKind> TRUE_OR_UNKNOWN = Set.of(CelKind.BOOL, CelKind.DYN);

	/**
	 * Checking one takes up to a millisecond, and a file could hold tens of thousands.
	 */
	private static final int MOST = 500;

	private final Pipeline pipeline;

	private final Cel cel;

	private final Map<String, CelValidationResult> checked = new ConcurrentHashMap<>();

	public ExpressionChecker(Pipeline pipeline) {
		this.pipeline = pipeline;
		CelBuilder builder = ExpressionLanguage.builder();
		pipeline.parameters().forEach((name, parameter) -> {
			if (name.matches("[A-Za-z][A-Za-z0-9_]*")) {
				builder.addVar("parameters." + name, ExpressionLanguage.type(parameter));
			}
		});
		this.cel = builder.build();
	}

	/**
	 * Checks a text that may hold expressions.
	 * @return what is wrong, in the order of the text
	 */
	public List<Finding> text(String text, Scope scope) {
		List<Finding> findings = new ArrayList<>();
		try {
			int expression = 0;
			for (Part part : Template.parse(text).parts()) {
				if (part instanceof Part.Expression(String source)) {
					findings.addAll(check(source, expression++, scope, WRITABLE));
				}
			}
		}
		catch (Template.Unclosed ex) {
			findings.add(new Finding(ex.expression(), 0, Template.Unclosed.REASON));
		}
		return findings;
	}

	/**
	 * Checks a condition, with or without <code>${{ }}</code> around it.
	 */
	public List<Finding> condition(String condition, Scope scope) {
		try {
			String source = Template.condition(condition);
			if (source.contains(Template.OPEN)) {
				return List.of(new Finding(-1, 0,
						"a condition is one expression: write ${{ }} around all of it, or leave it out"));
			}
			return check(source, source.equals(condition) ? -1 : 0, scope,
					scope.subjects().isEmpty() ? Set.of(CelKind.BOOL) : TRUE_OR_UNKNOWN);
		}
		catch (Template.Unclosed ex) {
			return List.of(new Finding(ex.expression(), 0, Template.Unclosed.REASON));
		}
	}

	private List<Finding> check(String source, int expression, Scope scope, Set<CelKind> results) {
		if (source.isBlank()) {
			return List.of(new Finding(expression, 0, "the expression is empty"));
		}
		if (source.length() > ExpressionLanguage.LONGEST) {
			return List.of(new Finding(expression, 0,
					"an expression may have " + ExpressionLanguage.LONGEST + " characters, not " + source.length()));
		}
		if (this.checked.size() >= MOST && !this.checked.containsKey(source)) {
			return List.of(new Finding(expression, 0, "a pipeline may have " + MOST + " different expressions"));
		}
		CelValidationResult parsed = this.cel.parse(source);
		if (parsed.hasError()) {
			return findings(parsed, expression).subList(0, 1);
		}
		try {
			CelAbstractSyntaxTree tree = parsed.getAst();
			List<Finding> findings = new ArrayList<>();
			NameCheck.check(tree, this.pipeline, scope)
				.forEach(problem -> findings.add(new Finding(expression, problem.offset(), problem.message())));
			ExpressionLanguage.excesses(tree).forEach(excess -> findings.add(new Finding(expression, 0, excess)));
			return findings.isEmpty() ? types(source, tree, expression, results) : findings;
		}
		catch (CelValidationException ex) {
			return List.of(new Finding(expression, 0, String.valueOf(ex.getMessage())));
		}
	}

	private List<Finding> types(String source, CelAbstractSyntaxTree tree, int expression, Set<CelKind> results)
			throws CelValidationException {
		CelValidationResult result = this.checked.computeIfAbsent(source, _ -> this.cel.check(tree));
		if (result.hasError()) {
			return findings(result, expression);
		}
		CelType type = result.getAst().getResultType();
		if (results.contains(type.kind())) {
			return List.of();
		}
		String expected = results.contains(CelKind.STRING) ? "text, a number or true or false" : "true or false";
		return List.of(new Finding(expression, 0, "the expression gives " + described(type) + ", not " + expected));
	}

	static String described(CelType type) {
		if (type.equals(SimpleType.STRING)) {
			return "text";
		}
		return switch (type.kind()) {
			case INT, UINT, DOUBLE -> "a number";
			case BOOL -> "true or false";
			case LIST -> "a list (join(', ') makes text of a list of texts)";
			case MAP -> "a map";
			default -> type.name();
		};
	}

	static List<Finding> findings(CelValidationResult result, int expression) {
		return result.getErrors()
			.stream()
			.map(issue -> new Finding(expression,
					result.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0), reason(issue)))
			.toList();
	}

	/** What the parser or checker says, without its long lists. */
	private static String reason(CelIssue issue) {
		String message = issue.getMessage().replaceAll("\\s+", " ").strip();
		String brief = message.replaceFirst(" (\\(candidates:|expecting \\{).*", "");
		return "not valid CEL: " + (brief.equals("mismatched input '<EOF>'") ? "the expression ends too early" : brief);
	}

	/**
	 * What is wrong with an expression.
	 *
	 * @param expression its number among those of the text, from 0; -1 for a condition
	 * without <code>${{ }}</code>
	 * @param offset where in the expression, in code points
	 * @param message what is wrong
	 */
	public record Finding(int expression, int offset, String message) {
	}

	/**
	 * What is at hand where an expression stands.
	 *
	 * @param cluster whether a cluster is
	 * @param stages the stages that have ended before; null where the expression belongs
	 * to no stage
	 * @param subjects further names, of what the condition is about
	 */
	public record Scope(boolean cluster, @Nullable Set<String> stages, Set<String> subjects) {

		/** A cluster but no stage: a target. */
		public static final Scope CLUSTER = new Scope(true, null, Set.of());

		/**
		 * Inside a stage.
		 * @param before those that it needs, directly or not
		 */
		public static Scope stages(Set<String> before) {
			return new Scope(false, Set.copyOf(before), Set.of());
		}

		/**
		 * The same with a cluster.
		 */
		public Scope withCluster() {
			return new Scope(true, this.stages, this.subjects);
		}

		/**
		 * The same with what a condition is about.
		 * @param subject one of {@link ExpressionNames#SUBJECTS}
		 */
		public Scope with(String subject) {
			return new Scope(this.cluster, this.stages, Set.of(subject));
		}

	}

}
