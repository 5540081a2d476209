package io.gennaker.activities.rollout.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Plain scalars as Kubernetes' own tools read them, which is YAML 1.1 in the way of Go's
 * library: {@code yes} is true and {@code 0644} is the number 420. YAML 1.2 would mount a
 * volume with the mode 644.
 */
final class GoScalars extends CoreSchema {

	private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

	private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On",
			"ON");

	private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off",
			"OFF");

	private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

	@Override
	public ScalarResolver getScalarResolver() {
		return (value, implicit) -> implicit ? tag(value) : Tag.STR;
	}

	@Override
	public Map<Tag, ConstructNode> getSchemaTagConstructors() {
		Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
		constructors.put(Tag.BOOL, (node) -> TRUE.contains(value(node)));
		constructors.put(Tag.INT, (node) -> integer(value(node)).orElseThrow());
		constructors.put(Tag.FLOAT, (node) -> Double.valueOf(value(node).replace("_", "")));
		return constructors;
	}

	private static Tag tag(String value) {
		if (NULL.contains(value)) {
			return Tag.NULL;
		}
		if (TRUE.contains(value) || FALSE.contains(value)) {
			return Tag.BOOL;
		}
		if (value.equals("<<")) {
			return Tag.MERGE;
		}
		if ("+-.0123456789".indexOf(value.charAt(0)) < 0) {
			return Tag.STR;
		}
		if (integer(value).isPresent()) {
			return Tag.INT;
		}
		return FLOAT.matcher(value.replace("_", "")).matches() ? Tag.FLOAT : Tag.STR;
	}

	private static Optional<Long> integer(String value) {
		String digits = value.replace("_", "");
		boolean negative = digits.startsWith("-");
		if (negative || digits.startsWith("+")) {
			digits = digits.substring(1);
		}
		if (digits.isEmpty() || !Character.isDigit(digits.charAt(0))) {
			return Optional.empty();
		}
		try {
			long number = magnitude(digits.toLowerCase(java.util.Locale.ROOT));
			return Optional.of(negative ? -number : number);
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	private static long magnitude(String digits) {
		if (digits.startsWith("0x")) {
			return Long.parseLong(digits.substring(2), 16);
		}
		if (digits.startsWith("0b")) {
			return Long.parseLong(digits.substring(2), 2);
		}
		if (digits.startsWith("0o")) {
			return Long.parseLong(digits.substring(2), 8);
		}
		return (digits.length() > 1 && digits.startsWith("0")) ? Long.parseLong(digits.substring(1), 8)
				: Long.parseLong(digits);
	}

	private static String value(Node node) {
		return ((ScalarNode) node).getValue();
	}

}
