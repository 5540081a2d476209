package io.gennaker.pipelines.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What whoever starts an execution may choose.
 */
public sealed interface Parameter {

	/**
	 * One line for the start form, perhaps empty.
	 */
	String description();

	/**
	 * Free text, as {@code type: string}.
	 *
	 * @param pattern a regular expression (RE2) that the whole value must match
	 * @param defaultValue the value of an execution that gives none; without it the
	 * parameter is required
	 */
	record Text(String description, @Nullable String pattern, @Nullable String defaultValue) implements Parameter {

		/**
		 * Whether a value matches the pattern, if there is one.
		 */
		public boolean accepts(String value) {
			return this.pattern == null || WholeMatch.matches(this.pattern, value);
		}
	}

	/**
	 * A whole number, as {@code type: integer}.
	 */
	record WholeNumber(String description, @Nullable Long minimum, @Nullable Long maximum,
			@Nullable Long defaultValue) implements Parameter {
	}

	/**
	 * Yes or no, as {@code type: boolean}.
	 */
	record Flag(String description, @Nullable Boolean defaultValue) implements Parameter {
	}

	/**
	 * One of some words, as {@code type: choice}.
	 */
	record Choice(String description, List<String> options, @Nullable String defaultValue) implements Parameter {
		public Choice {
			options = List.copyOf(options);
		}
	}

	/**
	 * A subset of the clusters of the pipeline's targets, as {@code type: clusters}. Its
	 * value is a list of names; an execution touches no other cluster.
	 *
	 * @param defaultValue the names that are chosen where an execution says nothing;
	 * empty stands for all of them
	 */
	record Clusters(String description, List<String> defaultValue) implements Parameter {
		public Clusters {
			defaultValue = List.copyOf(defaultValue);
		}
	}

}
