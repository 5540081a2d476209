package io.gennaker.pipelines.language;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The forms of names.
 */
final class Names {

	/** What every expression begins with. */
	static final String EXPRESSION = "${{";

	/** RFC 1123, as Kubernetes wants names of namespaces and values of labels. */
	private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

	private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

	private static final Pattern VALUES_KEY = Pattern.compile("[^.\\[\\]\\s]+(?:\\.[^.\\[\\]\\s]+)*");

	/** Helm refuses longer names of releases. */
	private static final int LONGEST_RELEASE = 53;

	private Names() {
	}

	/**
	 * Reports every key of a mapping that is no DNS label.
	 */
	static void checkKeys(Map<String, Value> entries) {
		entries.forEach((key, value) -> {
			if (!isDnsLabel(key)) {
				value.problems().atKey(value.path(), notDnsLabel(key));
			}
		});
	}

	static boolean isDnsLabel(String name) {
		return DNS_LABEL.matcher(name).matches();
	}

	static String notDnsLabel(String name) {
		return DocumentPath.quoted(name)
				+ " is not a name of lower-case letters, digits and '-', beginning and ending with a letter or digit, of at most 63 characters";
	}

	/** Names that expressions can write after a dot. */
	static boolean isIdentifier(String name) {
		return IDENTIFIER.matcher(name).matches();
	}

	static boolean isRelease(String name) {
		return isDnsLabel(name) && name.length() <= LONGEST_RELEASE;
	}

	/** A dotted key of a chart's values, none of whose names holds an item of a list. */
	static boolean isValuesKey(String key) {
		return VALUES_KEY.matcher(key).matches() && !hasExpression(key);
	}

	/** Whether a text is only known once expressions are evaluated. */
	static boolean hasExpression(String text) {
		return text.contains(EXPRESSION);
	}

}
