package io.gennaker.pipelines.expression;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.common.primitives.UnsignedLong;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.gennaker.pipelines.expression.Template.Part;
import io.gennaker.pipelines.model.Cluster;

/**
 * Evaluates what stands in <code>${{ … }}</code>. Thread-safe. Compiled expressions are
 * kept, so one instance should serve many evaluations; making one loads the language,
 * which takes some 100 ms the first time.
 */
public final class Expressions {

	private static final int MOST_KEPT = 512;

	private final Cel cel;

	private final Map<String, Program> programs = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
			return size() > MOST_KEPT;
		}

	};

	public Expressions() {
		this.cel = ExpressionLanguage.builder()
			.addVar("parameters", MapType.create(SimpleType.STRING, SimpleType.DYN))
			.build();
		program("trigger.user + execution.id");
	}

	/**
	 * Replaces every <code>${{ … }}</code> of a text by its value.
	 * @param text text that may hold expressions
	 * @return the text with the values; a text that is nothing but one expression gives
	 * the value as text
	 * @throws ExpressionException if one cannot be evaluated
	 */
	public String text(String text, ExpressionContext context) {
		return parse(text).parts().stream().map(part -> switch (part) {
			case Part.Literal literal -> literal.text();
			case Part.Expression expression -> String.valueOf(scalar(expression.source(), context));
		}).collect(Collectors.joining());
	}

	/**
	 * The value of a scalar that may hold expressions. A text that is nothing but one
	 * expression keeps the value's type ({@code String}, {@code Long}, {@code Double},
	 * {@code Boolean}).
	 * @throws ExpressionException if one cannot be evaluated
	 */
	public Object value(Object scalar, ExpressionContext context) {
		if (!(scalar instanceof String text)) {
			return scalar;
		}
		List<Part> parts = parse(text).parts();
		return (parts.size() == 1 && parts.getFirst() instanceof Part.Expression only) ? scalar(only.source(), context)
				: text(text, context);
	}

	/**
	 * The value of a {@code when}: CEL, with or without the surrounding
	 * <code>${{ }}</code>.
	 * @throws ExpressionException if it cannot be evaluated or is not true or false
	 */
	public boolean condition(String condition, ExpressionContext context) {
		return condition(condition, context, Map.of());
	}

	/**
	 * The value of a condition about something, such as a live object.
	 * @param subjects JSON trees by name, see {@link ExpressionNames#SUBJECTS}
	 * @throws ExpressionException if it cannot be evaluated or is not true or false
	 */
	public boolean condition(String condition, ExpressionContext context, Map<String, ?> subjects) {
		String source = source(condition);
		Map<String, Object> names = names(context);
		subjects.forEach((name, tree) -> names.put(name, JsonTrees.celValue(tree)));
		if (evaluate(source, names) instanceof Boolean holds) {
			return holds;
		}
		throw new ExpressionException(source.strip(), "gives neither true nor false");
	}

	/**
	 * What a condition read of its subject, for people who ask why it does not hold.
	 * @param subject the name of the subject
	 * @param tree its JSON tree
	 * @return by the path as the condition writes it, such as
	 * {@code object.status.readyReplicas}, the value as text
	 */
	public Map<String, String> readings(String condition, String subject, Object tree) {
		try {
			return JsonTrees.readings(this.cel.parse(source(condition)).getAst(), subject, tree);
		}
		catch (CelValidationException ex) {
			return Map.of();
		}
	}

	private static String source(String condition) {
		try {
			return Template.condition(condition);
		}
		catch (Template.Unclosed ex) {
			throw new ExpressionException(condition, Template.Unclosed.REASON);
		}
	}

	private static Template parse(String text) {
		try {
			return Template.parse(text);
		}
		catch (Template.Unclosed ex) {
			throw new ExpressionException(text, Template.Unclosed.REASON);
		}
	}

	private Object scalar(String source, ExpressionContext context) {
		Object value = evaluate(source, context);
		return switch (value) {
			case String text -> text;
			case Boolean flag -> flag;
			case Long number -> number;
			case Double number -> number;
			case UnsignedLong number when number.longValue() >= 0 -> number.longValue();
			default -> throw new ExpressionException(source.strip(), "gives neither text, a number, true nor false");
		};
	}

	private Object evaluate(String source, ExpressionContext context) {
		return evaluate(source, names(context));
	}

	private Object evaluate(String source, Map<String, Object> names) {
		try {
			return program(source).eval(names);
		}
		catch (CelEvaluationException ex) {
			throw new ExpressionException(source.strip(), reason(ex));
		}
	}

	static String reason(CelEvaluationException ex) {
		return String.valueOf(ex.getMessage()).replaceFirst("^evaluation error( at [^:]*:\\d+)?: ", "");
	}

	private Program program(String source) {
		synchronized (this.programs) {
			Program known = this.programs.get(source);
			if (known != null) {
				return known;
			}
		}
		Program compiled = compile(source);
		synchronized (this.programs) {
			this.programs.put(source, compiled);
		}
		return compiled;
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

	private static Map<String, Object> names(ExpressionContext context) {
		Map<String, String> trigger = new HashMap<>();
		ExpressionNames.TRIGGER.forEach(name -> trigger.put(name, ""));
		trigger.putAll(context.trigger());
		Map<String, Map<String, String>> artifacts = new HashMap<>();
		context.artifacts()
			.forEach((name, artifact) -> artifacts.put(name,
					Map.of("image", artifact.image(), "tag", artifact.tag(), "digest", artifact.digest())));
		Map<String, Map<String, Map<String, String>>> stages = new HashMap<>();
		context.outputs().forEach((id, outputs) -> stages.put(id, Map.of("outputs", outputs)));
		Map<String, Object> names = new HashMap<>(Map.of("parameters", context.parameters(), "artifacts", artifacts,
				"trigger", trigger, "execution", context.execution(), "stages", stages));
		Cluster cluster = context.cluster();
		if (cluster != null) {
			names.put("cluster.name", cluster.name());
			names.put("cluster.region", cluster.region());
			names.put("cluster.labels", cluster.labels());
		}
		return names;
	}

}
