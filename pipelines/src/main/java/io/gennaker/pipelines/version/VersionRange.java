package io.gennaker.pipelines.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which versions will do, in the language that Helm has from Masterminds' semver 3
 * (https://github.com/Masterminds/semver#checking-version-constraints): comparisons by
 * {@code = != > < >= <= ~ ^}, separated by commas or blanks where all must hold and by
 * {@code ||} where one must; {@code 1.x} and {@code 1.2 - 2.3}. Pre-releases are taken
 * only by comparisons among which one names a pre-release.
 */
public final class VersionRange {

	private static final String PART = "(\\d+|[xX*])";

	private static final String NAMES = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";

	private static final String VERSION = "v?" + PART + "(?:\\." + PART + ")?(?:\\." + PART + ")?(-" + NAMES
			+ ")?(?:\\+" + NAMES + ")?";

	private static final Pattern COMPARISON = Pattern
		.compile("\\s*(!=|>=|=>|<=|=<|~>|[=<>~^]?)\\s*" + VERSION + "(?=[\\s,]|$)\\s*");

	private static final Pattern SPAN = Pattern.compile("(" + VERSION + ")\\s+-\\s+(" + VERSION + ")");

	private static final int LONGEST = 256;

	private final String text;

	private final List<Group> alternatives;

	private VersionRange(String text, List<Group> alternatives) {
		this.text = text;
		this.alternatives = alternatives;
	}

	/**
	 * Reads a range; a version alone is one, too. Empty for what is none.
	 */
	public static Optional<VersionRange> parse(String text) {
		if (text.length() > LONGEST) {
			return Optional.empty();
		}
		List<Group> alternatives = new ArrayList<>();
		for (String alternative : SPAN.matcher(text).replaceAll(">= $1, <= $6 ").split("\\|\\|", -1)) {
			List<Comparison> comparisons = comparisons(alternative);
			if (comparisons.isEmpty()) {
				return Optional.empty();
			}
			alternatives.add(new Group(comparisons));
		}
		return Optional.of(new VersionRange(text, alternatives));
	}

	/** Nothing where a part of it is no comparison. */
	private static List<Comparison> comparisons(String alternative) {
		List<Comparison> comparisons = new ArrayList<>();
		Matcher matcher = COMPARISON.matcher(alternative);
		int from = 0;
		while (from < alternative.length() || comparisons.isEmpty()) {
			matcher.region(from, alternative.length());
			Optional<Comparison> next = matcher.lookingAt() ? Comparison.of(matcher) : Optional.empty();
			if (next.isEmpty()) {
				return List.of();
			}
			comparisons.add(next.get());
			from = matcher.end();
			if (from < alternative.length() && alternative.charAt(from) == ',') {
				from++;
				if (alternative.substring(from).isBlank()) {
					return List.of();
				}
			}
		}
		return comparisons;
	}

	/**
	 * Whether a version will do.
	 */
	public boolean includes(Version version) {
		return this.alternatives.stream().anyMatch((group) -> group.includes(version));
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * Comparisons that must all hold.
	 */
	private record Group(List<Comparison> comparisons) {

		boolean includes(Version version) {
			boolean prereleases = this.comparisons.stream().anyMatch((each) -> each.bound().isPrerelease());
			return (prereleases || !version.isPrerelease())
					&& this.comparisons.stream().allMatch((each) -> each.holds(version));
		}

	}

	/**
	 * How much of a version was written.
	 */
	private enum Written {

		NOTHING, MAJOR, MINOR, ALL

	}

	/**
	 * One comparison.
	 *
	 * @param bound what is compared with, 0 for what was not written
	 */
	private record Comparison(String operator, Version bound, Written written) {

		static Optional<Comparison> of(Matcher matcher) {
			String prerelease = (matcher.group(5) != null) ? matcher.group(5) : "";
			Written written = written(matcher);
			String numbers = switch (written) {
				case NOTHING -> "0.0.0";
				case MAJOR -> number(matcher, 2) + ".0.0";
				case MINOR -> number(matcher, 2) + "." + number(matcher, 3) + ".0";
				case ALL -> number(matcher, 2) + "." + number(matcher, 3) + "." + number(matcher, 4);
			};
			return Version.parse(numbers + prerelease).map((bound) -> new Comparison(matcher.group(1), bound, written));
		}

		private static Written written(Matcher matcher) {
			if (isOpen(matcher.group(2))) {
				return Written.NOTHING;
			}
			if (isOpen(matcher.group(3))) {
				return Written.MAJOR;
			}
			return isOpen(matcher.group(4)) ? Written.MINOR : Written.ALL;
		}

		private static String number(Matcher matcher, int group) {
			return matcher.group(group).replaceFirst("^0+(?=\\d)", "");
		}

		private static boolean isOpen(@Nullable String part) {
			return part == null || part.equals("x") || part.equals("X") || part.equals("*");
		}

		boolean holds(Version version) {
			return switch (this.operator) {
				case "!=" -> isOther(version);
				case ">" -> isAfter(version);
				case "<" -> version.compareTo(this.bound) < 0;
				case ">=", "=>" -> version.compareTo(this.bound) >= 0;
				case "<=", "=<" -> isNotAfter(version);
				case "~", "~>" -> isNear(version);
				case "^" -> isCompatible(version);
				default -> (this.written == Written.ALL) ? version.compareTo(this.bound) == 0 : isNear(version);
			};
		}

		private boolean isOther(Version version) {
			return switch (this.written) {
				case NOTHING, ALL -> version.compareTo(this.bound) != 0;
				case MAJOR -> version.major() != this.bound.major();
				case MINOR -> version.major() != this.bound.major() || version.minor() != this.bound.minor()
						|| !version.prerelease().equals(this.bound.prerelease());
			};
		}

		/** {@code > 1.2} begins with 1.3. */
		private boolean isAfter(Version version) {
			return switch (this.written) {
				case NOTHING, ALL -> version.compareTo(this.bound) > 0;
				case MAJOR -> version.major() > this.bound.major();
				case MINOR -> version.major() > this.bound.major()
						|| (version.major() == this.bound.major() && version.minor() > this.bound.minor());
			};
		}

		/** {@code <= 1.2} ends before 1.3. */
		private boolean isNotAfter(Version version) {
			return switch (this.written) {
				case ALL -> version.compareTo(this.bound) <= 0;
				case MAJOR -> version.major() <= this.bound.major();
				case NOTHING, MINOR -> version.major() < this.bound.major()
						|| (version.major() == this.bound.major() && version.minor() <= this.bound.minor());
			};
		}

		/** Helm takes {@code ~0.0.0} for everything. */
		private boolean isNear(Version version) {
			if (version.compareTo(this.bound) < 0) {
				return false;
			}
			return switch (this.written) {
				case NOTHING -> true;
				case MAJOR -> version.major() == this.bound.major();
				case MINOR -> isSameMinor(version);
				case ALL -> isSameMinor(version)
						|| (this.bound.major() == 0 && this.bound.minor() == 0 && this.bound.patch() == 0);
			};
		}

		private boolean isSameMinor(Version version) {
			return version.major() == this.bound.major() && version.minor() == this.bound.minor();
		}

		/** Below 1.0.0 the first number that is not 0 has to stay. */
		private boolean isCompatible(Version version) {
			if (version.compareTo(this.bound) < 0 || version.major() != this.bound.major()) {
				return false;
			}
			if (this.bound.major() > 0 || this.written == Written.MAJOR) {
				return true;
			}
			if (version.minor() != this.bound.minor()) {
				return false;
			}
			return this.bound.minor() > 0 || this.written == Written.MINOR || version.patch() == this.bound.patch();
		}

	}

}
