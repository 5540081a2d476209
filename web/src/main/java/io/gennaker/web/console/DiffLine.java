package io.gennaker.web.console;

import java.util.List;

/**
 * A line of a difference in unified format.
 *
 * @param kind {@code plus}, {@code minus}, {@code at} for where it is, or {@code same}
 */
record DiffLine(String kind, String text) {

	/**
	 * The lines of a difference, without the two that name the files.
	 */
	static List<DiffLine> of(String diff) {
		return diff.lines()
			.filter((line) -> !line.startsWith("--- ") && !line.startsWith("+++ "))
			.map((line) -> new DiffLine(kind(line), line))
			.toList();
	}

	private static String kind(String line) {
		if (line.startsWith("@@")) {
			return "at";
		}
		if (line.startsWith("+")) {
			return "plus";
		}
		return line.startsWith("-") ? "minus" : "same";
	}

}
