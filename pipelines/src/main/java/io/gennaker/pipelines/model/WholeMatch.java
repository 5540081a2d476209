package io.gennaker.pipelines.model;

import java.util.Optional;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions of pipelines, held against text from outside such as pushed tags.
 * They have RE2's syntax, which takes time linear in the text: look-around and back
 * references are refused.
 */
public final class WholeMatch {

	private static final int LONGEST = 500;

	/**
	 * How much counted repetitions may multiply a pattern: the library unrolls them, and
	 * a few nested ones would fill the memory.
	 */
	private static final long LARGEST = 50_000;

	private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

	private WholeMatch() {
	}

	/**
	 * Whether the whole of a text matches.
	 * @throws IllegalArgumentException if the pattern is not valid
	 */
	public static boolean matches(String pattern, String text) {
		problem(pattern).ifPresent((problem) -> {
			throw new IllegalArgumentException("'" + pattern + "': " + problem);
		});
		return Pattern.compile(pattern).matches(text);
	}

	/**
	 * What is wrong with a pattern, if anything.
	 */
	public static Optional<String> problem(String pattern) {
		if (pattern.length() > LONGEST) {
			return Optional.of("a pattern may have " + LONGEST + " characters, not " + pattern.length());
		}
		if (unrolled(pattern) > LARGEST) {
			return Optional.of("its repetition counts are too large");
		}
		try {
			Pattern.compile(pattern);
			return Optional.empty();
		}
		catch (PatternSyntaxException ex) {
			return Optional.of(ex.getDescription() + ": " + ex.getPattern());
		}
	}

	private static long unrolled(String pattern) {
		long size = pattern.length();
		var counts = COUNT.matcher(pattern);
		while (counts.find() && size <= LARGEST) {
			String upper = counts.group(2);
			String digits = (upper != null && !upper.isEmpty()) ? upper : counts.group(1);
			size = (digits.length() > 6) ? Long.MAX_VALUE : size * Math.max(1, Long.parseLong(digits));
		}
		return size;
	}

}
