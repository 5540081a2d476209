package io.gennaker.activities.bake.capability;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the actions of a Go template, without its comments.
 */
final class TemplateActions {

	private TemplateActions() {
	}

	/**
	 * What stands between {@code {{} and <code>}}</code>, as written.
	 */
	static List<String> of(String template) {
		List<String> actions = new ArrayList<>();
		int start = template.indexOf("{{");
		while (start >= 0) {
			int from = start + 2;
			boolean comment = template.startsWith("/*", from) || template.startsWith("- /*", from);
			int end = comment ? endOfComment(template, from) : end(template, from);
			if (!comment) {
				actions.add(template.substring(from, end));
			}
			start = template.indexOf("{{", end);
		}
		return actions;
	}

	private static int endOfComment(String template, int from) {
		int end = template.indexOf("*/", from);
		return (end >= 0) ? end : template.length();
	}

	/** A text may hold braces. */
	private static int end(String template, int from) {
		int at = from;
		while (at < template.length() && !template.startsWith("}}", at)) {
			char c = template.charAt(at);
			at = (c == '"' || c == '`' || c == '\'') ? endOfText(template, at, c) : at + 1;
		}
		return Math.min(at, template.length());
	}

	private static int endOfText(String template, int from, char quote) {
		int at = from + 1;
		while (at < template.length() && template.charAt(at) != quote) {
			at += (template.charAt(at) == '\\' && quote != '`') ? 2 : 1;
		}
		return at + 1;
	}

}
