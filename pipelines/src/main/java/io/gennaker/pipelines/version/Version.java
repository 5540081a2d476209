package io.gennaker.pipelines.version;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A semantic version (https://semver.org), read as leniently as Helm reads it: a leading
 * {@code v} and missing minor and patch numbers are taken.
 *
 * @param prerelease what follows the {@code -}, perhaps empty
 * @param build what follows the {@code +}, perhaps empty; it counts in no comparison
 * @param text as it was written
 */
public record Version(long major, long minor, long patch, String prerelease, String build,
		String text) implements Comparable<Version> {

	private static final String NUMBER = "(0|[1-9]\\d{0,17})";

	private static final String NAMES = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";

	private static final Pattern FORM = Pattern.compile(
			"v?" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER + ")?(?:-" + NAMES + ")?(?:\\+" + NAMES + ")?");

	private static final Pattern LEADING_ZERO = Pattern.compile("0\\d+");

	private static final Pattern DIGITS = Pattern.compile("\\d+");

	private static final int LONGEST = 256;

	private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::major)
		.thenComparingLong(Version::minor)
		.thenComparingLong(Version::patch)
		.thenComparing(Version::prerelease, Version::comparePrereleases);

	/**
	 * Reads a version; empty for what is none.
	 */
	public static Optional<Version> parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (text.length() > LONGEST || !matcher.matches()) {
			return Optional.empty();
		}
		String prerelease = orEmpty(matcher.group(4));
		for (String name : prerelease.split("\\.")) {
			if (LEADING_ZERO.matcher(name).matches()) {
				return Optional.empty();
			}
		}
		return Optional.of(new Version(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)),
				prerelease, orEmpty(matcher.group(5)), text));
	}

	private static String orEmpty(@Nullable String group) {
		return (group != null) ? group : "";
	}

	private static long number(@Nullable String group) {
		return (group != null) ? Long.parseLong(group) : 0;
	}

	/**
	 * Whether it comes before the release of its numbers.
	 */
	public boolean isPrerelease() {
		return !this.prerelease.isEmpty();
	}

	/**
	 * Precedence, in which builds do not count: so two that compare as equal need not be
	 * {@code equal}.
	 */
	@Override
	public int compareTo(Version other) {
		return ORDER.compare(this, other);
	}

	private static int comparePrereleases(String one, String other) {
		if (one.isEmpty() || other.isEmpty()) {
			return Boolean.compare(one.isEmpty(), other.isEmpty());
		}
		String[] left = one.split("\\.");
		String[] right = other.split("\\.");
		for (int i = 0; i < Math.min(left.length, right.length); i++) {
			int order = compareNames(left[i], right[i]);
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(left.length, right.length);
	}

	private static int compareNames(String left, String right) {
		boolean numbers = DIGITS.matcher(left).matches();
		if (numbers != DIGITS.matcher(right).matches()) {
			return numbers ? -1 : 1;
		}
		boolean longer = numbers && left.length() != right.length();
		return longer ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
