package io.gennaker.pipelines.language;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.WholeMatch;
import io.gennaker.pipelines.spelling.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * The types of parameters and how each is read.
 */
enum ParameterType {

	STRING("string", "pattern") {
		@Override
		Parameter decode(String description, Section section) {
			String pattern = section.text("pattern");
			Optional<String> wrong = (pattern != null) ? WholeMatch.problem(pattern) : Optional.empty();
			wrong.ifPresent(reason -> section.problem("pattern", "not a regular expression (RE2): " + reason));
			var parameter = new Parameter.Text(description, pattern, section.text("default"));
			String preset = parameter.defaultValue();
			if (preset != null && wrong.isEmpty() && !parameter.accepts(preset)) {
				section.problem("default", DocumentPath.quoted(preset) + " does not match the pattern " + pattern);
			}
			return parameter;
		}
	},

	INTEGER("integer", "minimum", "maximum") {
		@Override
		Parameter decode(String description, Section section) {
			Long minimum = section.wholeNumber("minimum");
			Long maximum = section.wholeNumber("maximum");
			Long preset = section.wholeNumber("default");
			if (minimum != null && maximum != null && minimum > maximum) {
				section.problem("maximum", "must be at least the minimum, " + minimum);
			}
			if (preset != null && minimum != null && preset < minimum) {
				section.problem("default", "must be at least " + minimum);
			}
			if (preset != null && maximum != null && preset > maximum) {
				section.problem("default", "must be at most " + maximum);
			}
			return new Parameter.WholeNumber(description, minimum, maximum, preset);
		}
	},

	BOOLEAN("boolean") {
		@Override
		Parameter decode(String description, Section section) {
			Value preset = section.find("default");
			return new Parameter.Flag(description, (preset != null) ? preset.flag() : null);
		}
	},

	CHOICE("choice", "options") {
		@Override
		Parameter decode(String description, Section section) {
			Value list = section.require("options");
			List<String> options = (list != null) ? list.texts() : List.of();
			if (list != null && options.isEmpty() && !list.problems().any(list.path())) {
				list.problem("a choice needs at least one option");
			}
			Set<String> before = new HashSet<>();
			options.stream()
				.filter(option -> !before.add(option))
				.forEach(option -> section.problem("options", DocumentPath.quoted(option) + " stands there twice"));
			String preset = section.text("default");
			if (preset != null && !options.isEmpty() && !options.contains(preset)) {
				section.problem("default", DocumentPath.quoted(preset) + " is not among the options"
						+ Suggestion.hint(preset, options, "options"));
			}
			return new Parameter.Choice(description, options, preset);
		}
	},

	CLUSTERS("clusters") {
		@Override
		Parameter decode(String description, Section section) {
			Value preset = section.find("default");
			return new Parameter.Clusters(description, (preset != null) ? clusters(preset) : List.of());
		}

		private List<String> clusters(Value preset) {
			if (preset.kind().equals("text")) {
				String word = preset.text();
				if (word != null && !word.equals("all")) {
					preset.problem("expected 'all' or a list of clusters, found " + DocumentPath.quoted(word));
				}
				return List.of();
			}
			List<String> names = preset.texts();
			if (names.isEmpty() && preset.kind().equals("a list")) {
				preset.problem("name at least one cluster, or write 'all'");
			}
			return names;
		}
	};

	private static final Vocabulary COMMON = Vocabulary.of("parameter", "type", "description", "default");

	private final String word;

	private final String[] keys;

	ParameterType(String word, String... keys) {
		this.word = word;
		this.keys = keys;
	}

	abstract Parameter decode(String description, Section section);

	String word() {
		return this.word;
	}

	Vocabulary vocabulary() {
		return COMMON.with(this.word + "Parameter", this.keys);
	}

	static List<String> words() {
		return Arrays.stream(values()).map(ParameterType::word).toList();
	}

	/**
	 * Reads a parameter; one whose type is unknown is read as text.
	 */
	static Parameter read(String name, Value value) {
		if (!Names.isIdentifier(name)) {
			value.problems()
				.atKey(value.path(), DocumentPath.quoted(name)
						+ " is not a name of letters, digits and '_', beginning with a letter, as expressions need it");
		}
		@Nullable String word = Section.type(value, words());
		for (ParameterType type : values()) {
			if (type.word.equals(word)) {
				Section section = new Section(value, type.vocabulary());
				return type.decode(section.text("description", ""), section);
			}
		}
		return new Parameter.Text("", null, null);
	}

}
