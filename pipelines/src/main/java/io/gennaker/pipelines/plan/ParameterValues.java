package io.gennaker.pipelines.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an execution is given against the pipeline's parameters and fills in the
 * defaults.
 */
public final class ParameterValues {

	/** The longest text that an execution takes, in characters. */
	public static final int LONGEST_TEXT = 4_096;

	private ParameterValues() {
	}

	/**
	 * Completes and checks.
	 * @param given values by name, as JSON or a form gives them: text, number, boolean or
	 * list of texts; a form's text for a number or boolean is read as such, and for
	 * clusters as {@code all} or names with commas between. A null is as if not given
	 * @return the complete values, or everything that is wrong
	 */
	public static Outcome complete(Pipeline pipeline, Map<String, ? extends @Nullable Object> given,
			List<Cluster> inventory) {
		Map<String, Object> values = new LinkedHashMap<>();
		Map<String, String> problems = new LinkedHashMap<>();
		Set<String> known = pipeline.parameters().keySet();
		for (String name : given.keySet()) {
			if (!known.contains(name)) {
				problems.put(name, "there is no parameter '" + name + "'" + Suggestion.hint(name, known, "parameters"));
			}
		}
		List<String> clusters = ClusterPlan.all(pipeline, inventory).stream().map(Cluster::name).toList();
		pipeline.parameters().forEach((name, parameter) -> {
			try {
				values.put(name, value(parameter, given.get(name), clusters));
			}
			catch (Refusal refusal) {
				problems.put(name, refusal.reason);
			}
		});
		return problems.isEmpty() ? new Outcome.Complete(values) : new Outcome.Refused(problems);
	}

	private static Object value(Parameter parameter, @Nullable Object given, List<String> clusters) throws Refusal {
		return switch (parameter) {
			case Parameter.Text text -> text(text, given);
			case Parameter.WholeNumber number -> wholeNumber(number, given);
			case Parameter.Flag flag -> flag(flag, given);
			case Parameter.Choice choice -> choice(choice, given);
			case Parameter.Clusters of -> clusters(of, given, clusters);
		};
	}

	private static String text(Parameter.Text parameter, @Nullable Object given) throws Refusal {
		if (given == null) {
			return required(parameter.defaultValue());
		}
		if (!(given instanceof String text)) {
			throw new Refusal("must be text");
		}
		if (text.length() > LONGEST_TEXT) {
			throw new Refusal("must have at most " + LONGEST_TEXT + " characters");
		}
		if (!parameter.accepts(text)) {
			throw new Refusal("does not match " + parameter.pattern());
		}
		return text;
	}

	private static Long wholeNumber(Parameter.WholeNumber parameter, @Nullable Object given) throws Refusal {
		if (given == null) {
			return required(parameter.defaultValue());
		}
		long number = asLong(given);
		Long minimum = parameter.minimum();
		if (minimum != null && number < minimum) {
			throw new Refusal("must be at least " + minimum);
		}
		Long maximum = parameter.maximum();
		if (maximum != null && number > maximum) {
			throw new Refusal("must be at most " + maximum);
		}
		return number;
	}

	private static long asLong(Object given) throws Refusal {
		try {
			return switch (given) {
				case Byte number -> number;
				case Short number -> number;
				case Integer number -> number;
				case Long number -> number;
				case java.math.BigInteger number -> number.longValueExact();
				case String text -> Long.parseLong(text.strip());
				default -> throw new Refusal("must be a whole number");
			};
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw new Refusal("must be a whole number of at most 64 bits");
		}
	}

	private static Boolean flag(Parameter.Flag parameter, @Nullable Object given) throws Refusal {
		return switch (given) {
			case null -> required(parameter.defaultValue());
			case Boolean flag -> flag;
			case String text when text.strip().equals("true") -> true;
			case String text when text.strip().equals("false") -> false;
			default -> throw new Refusal("must be true or false");
		};
	}

	private static String choice(Parameter.Choice parameter, @Nullable Object given) throws Refusal {
		if (given == null) {
			return required(parameter.defaultValue());
		}
		if (!(given instanceof String text)) {
			throw new Refusal("must be text");
		}
		if (!parameter.options().contains(text)) {
			throw new Refusal(
					"has no option '" + shortened(text) + "'" + Suggestion.hint(text, parameter.options(), "options"));
		}
		return text;
	}

	private static List<String> clusters(Parameter.Clusters parameter, @Nullable Object given, List<String> all)
			throws Refusal {
		List<String> names = (given != null) ? names(given) : parameter.defaultValue();
		boolean everything = (given == null) ? names.isEmpty() : names.equals(List.of("all"));
		if (everything) {
			return all;
		}
		if (names.isEmpty()) {
			throw new Refusal("must name at least one cluster");
		}
		for (String name : names) {
			if (!all.contains(name)) {
				throw new Refusal("'" + shortened(name) + "' is not a cluster of this pipeline's targets"
						+ Suggestion.hint(name, all, "clusters"));
			}
		}
		return List.copyOf(new LinkedHashSet<>(names));
	}

	private static List<String> names(Object given) throws Refusal {
		if (given instanceof String text) {
			return Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
		}
		if (!(given instanceof Collection<?> items)) {
			throw new Refusal("must be a list of names of clusters");
		}
		List<String> names = new ArrayList<>();
		for (Object item : items) {
			if (!(item instanceof String name)) {
				throw new Refusal("must be a list of names of clusters");
			}
			names.add(name);
		}
		return names;
	}

	private static <T> T required(@Nullable T defaultValue) throws Refusal {
		if (defaultValue == null) {
			throw new Refusal("is required");
		}
		return defaultValue;
	}

	private static String shortened(String text) {
		return (text.length() > 60) ? text.substring(0, 60) + "…" : text;
	}

	/**
	 * Complete values, or problems.
	 */
	public sealed interface Outcome {

		/**
		 * Every parameter has a value: {@code String}, {@code Long}, {@code Boolean} or
		 * {@code List<String>}.
		 */
		record Complete(Map<String, Object> values) implements Outcome {
			public Complete {
				values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
			}
		}

		/**
		 * What is wrong, by parameter name.
		 */
		record Refused(Map<String, String> problems) implements Outcome {
			public Refused {
				problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
			}
		}

	}

	/** Why one value is not taken. */
	private static final class Refusal extends Exception {

		private static final long serialVersionUID = 1L;

		private final String reason;

		Refusal(String reason) {
			super(reason, null, false, false);
			this.reason = reason;
		}

	}

}
