package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which objects a list or a watch is about.
 */
public record Selector(Predicate<JsonNode> matcher) {

	/** All objects. */
	public static final Selector ALL = new Selector((object) -> true);

	private static final Pattern IN = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");

	private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");

	/** Whether it is about this object. */
	public boolean matches(JsonNode object) {
		return this.matcher.test(object);
	}

	/**
	 * A selector from a request's parameters.
	 * @throws ApiException with 400 if one of them is malformed
	 */
	static Selector of(String labelSelector, String fieldSelector) {
		List<Predicate<JsonNode>> all = new ArrayList<>();
		for (String requirement : requirements(labelSelector)) {
			all.add(label(requirement));
		}
		for (String requirement : requirements(fieldSelector)) {
			all.add(field(requirement));
		}
		return new Selector((object) -> all.stream().allMatch((one) -> one.test(object)));
	}

	/** A selector from an object's {@code matchLabels} and {@code matchExpressions}. */
	public static Selector ofLabels(JsonNode selector) {
		List<Predicate<JsonNode>> all = new ArrayList<>();
		selector.path("matchLabels")
			.properties()
			.forEach((entry) -> all.add((object) -> labelOf(object, entry.getKey()).equals(entry.getValue())));
		for (JsonNode expression : selector.path("matchExpressions")) {
			String key = expression.path("key").asText();
			Set<String> values = expression.path("values")
				.valueStream()
				.map(JsonNode::asText)
				.collect(Collectors.toSet());
			all.add(switch (expression.path("operator").asText()) {
				case "In" -> (object) -> values.contains(labelOf(object, key).asText(null));
				case "NotIn" -> (object) -> !values.contains(labelOf(object, key).asText(null));
				case "Exists" -> (object) -> !labelOf(object, key).isMissingNode();
				default -> (object) -> labelOf(object, key).isMissingNode();
			});
		}
		return new Selector((object) -> all.stream().allMatch((one) -> one.test(object)));
	}

	private static List<String> requirements(String selector) {
		// A comma inside the parentheses of a set does not end a requirement.
		return Arrays.stream(selector.split(",(?![^(]*\\))"))
			.map(String::strip)
			.filter((one) -> !one.isEmpty())
			.toList();
	}

	private static Predicate<JsonNode> label(String requirement) {
		Matcher in = IN.matcher(requirement);
		if (in.matches()) {
			Set<String> values = Arrays.stream(in.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
			boolean wanted = in.group(2).equals("in");
			return (object) -> values.contains(labelOf(object, in.group(1)).asText(null)) == wanted;
		}
		Matcher equality = EQUALITY.matcher(requirement);
		if (equality.matches()) {
			boolean wanted = !equality.group(2).equals("!=");
			return (object) -> equality.group(3).equals(labelOf(object, equality.group(1)).asText(null)) == wanted;
		}
		boolean absent = requirement.startsWith("!");
		String key = absent ? requirement.substring(1) : requirement;
		if (!key.matches("[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?")) {
			throw ApiException.badRequest("unable to parse requirement: \"" + requirement + "\"");
		}
		return (object) -> labelOf(object, key).isMissingNode() == absent;
	}

	private static Predicate<JsonNode> field(String requirement) {
		Matcher equality = EQUALITY.matcher(requirement);
		if (!equality.matches()) {
			throw ApiException.badRequest("invalid field selector: \"" + requirement + "\"");
		}
		String pointer = "/" + equality.group(1).replace('.', '/');
		boolean wanted = !equality.group(2).equals("!=");
		return (object) -> object.at(pointer).asText("").equals(equality.group(3)) == wanted;
	}

	private static JsonNode labelOf(JsonNode object, String key) {
		return object.path("metadata").path("labels").path(key);
	}

}
