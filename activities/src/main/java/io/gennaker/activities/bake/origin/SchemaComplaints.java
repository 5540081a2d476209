package io.gennaker.activities.bake.origin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns what Helm says of values that a {@code values.schema.json} does not allow into
 * one line for each, which begins with the layer that gave the value last.
 */
public final class SchemaComplaints {

	private static final String HEADING = "values don't meet the specifications of the schema(s)";

	private static final Pattern CHART = Pattern.compile("([^\\s:-][^\\s:]*):");

	private static final Pattern COMPLAINT = Pattern.compile("\\s*- at '(.*?)': (.*)");

	private static final Pattern BOUND = Pattern.compile("(maximum|minimum): got (.*), want (.*)");

	private static final Pattern NAMED = Pattern
		.compile("(missing propert(?:y|ies)|additional properties) ((?:'[^']*'(?:, )?)+)(.*)");

	private final ValueOrigins origins;

	private final Collection<List<String>> charts;

	/**
	 * Complaints about some values.
	 * @param charts the keys under which each chart's values stand, empty for the root
	 */
	public SchemaComplaints(ValueOrigins origins, Collection<List<String>> charts) {
		this.origins = origins;
		this.charts = List.copyOf(charts);
	}

	/**
	 * What Helm says, with the layers where it is about a schema.
	 * @param root the root chart's name
	 */
	public String explained(String error, String root) {
		int heading = error.indexOf(HEADING);
		if (heading < 0) {
			return error;
		}
		List<String> lines = new ArrayList<>();
		String chart = root;
		for (String line : error.substring(heading).lines().skip(1).toList()) {
			Matcher named = CHART.matcher(line);
			Matcher complaint = COMPLAINT.matcher(line);
			if (named.matches()) {
				chart = named.group(1);
			}
			else if (complaint.matches()) {
				lines.addAll(complaints(chart, root, complaint.group(1), complaint.group(2)));
			}
			else if (!line.isBlank()) {
				lines.add(line.strip());
			}
		}
		return "its values are not what its schema allows:\n" + String.join("\n", lines);
	}

	private List<String> complaints(String chart, String root, String pointer, String text) {
		Matcher named = NAMED.matcher(text);
		List<List<String>> paths = new ArrayList<>();
		List<String> at = Stream.of(pointer.split("/")).skip(1).map(SchemaComplaints::unescaped).toList();
		if (named.matches()) {
			for (String name : named.group(2).split(", ")) {
				paths.add(Stream.concat(at.stream(), Stream.of(name.substring(1, name.length() - 1))).toList());
			}
		}
		else {
			paths.add(at);
		}
		return paths.stream().map((path) -> complaint(prefix(chart, root), path, chart, words(text))).toList();
	}

	private static String unescaped(String name) {
		return name.replace("~1", "/").replace("~0", "~");
	}

	private List<String> prefix(String chart, String root) {
		return this.charts.stream()
			.filter((path) -> path.isEmpty() ? chart.equals(root) : path.getLast().equals(chart))
			.findFirst()
			.orElse(List.of());
	}

	private String complaint(List<String> prefix, List<String> within, String chart, String words) {
		List<String> path = Stream.concat(prefix.stream(), within.stream()).toList();
		String key = path.isEmpty() ? "" : ValueOrigins.dotted(path) + ": ";
		String schema = " (chart " + chart + "'s values.schema.json)";
		Optional<Given> remover = this.origins.remover(path);
		if (words.startsWith("is missing") && remover.isPresent()) {
			return remover.get().place() + ": " + key + words + ", taken away by null" + schema;
		}
		return this.origins.nearest(path)
			.map((given) -> given.place() + ": " + key + words
					+ ((given.kind() == Layer.Kind.CHART) ? "; the chart's own default" : "") + schema)
			.orElse(key + words + (words.startsWith("is missing") ? "; no values file gives it" : "") + schema);
	}

	private static String words(String text) {
		Matcher bound = BOUND.matcher(text);
		if (bound.matches()) {
			return "must be " + (bound.group(1).equals("maximum") ? "≤ " : "≥ ") + bound.group(3) + ", not "
					+ bound.group(2);
		}
		Matcher named = NAMED.matcher(text);
		if (named.matches()) {
			return named.group(1).startsWith("missing") ? "is missing" : "is not a key that the schema knows";
		}
		return text.replaceFirst("^got (.*), want (.*)$", "must be of type $2, not $1");
	}

}
