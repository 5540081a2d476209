package io.gennaker.activities.bake.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.version.Version;
import io.gennaker.pipelines.version.VersionRange;

/**
 * Chooses a version as Helm does: the very text if it is offered, else the highest within
 * the range.
 */
final class VersionChoice {

	private static final Pattern FIRST_VERSION = Pattern.compile("\\d+(\\.\\d+){0,2}(-[0-9A-Za-z.-]+)?");

	private static final int NEAREST = 5;

	private VersionChoice() {
	}

	/**
	 * The chosen one.
	 * @param source whose versions these are, for messages
	 * @throws BakeRefusedException if none will do; the message names the nearest
	 */
	static String of(String source, String requested, Collection<String> offered) {
		if (offered.contains(requested)) {
			return requested;
		}
		VersionRange range = range(source, requested);
		return offered.stream()
			.flatMap((text) -> Version.parse(text).stream())
			.filter(range::includes)
			.max(Comparator.<Version>naturalOrder().thenComparing(Version::text))
			.map(Version::text)
			.orElseThrow(() -> none(source, requested, offered));
	}

	static VersionRange range(String source, String requested) {
		return VersionRange.parse(requested)
			.orElseThrow(() -> new BakeRefusedException(source + ": '" + requested
					+ "' is neither a version nor a range of versions, such as 1.4.0, ^1.4 or '>=1.4 <2'"));
	}

	/**
	 * Says that there is no such version.
	 */
	static BakeRefusedException none(String source, String requested, Collection<String> offered) {
		List<Version> known = offered.stream().flatMap((text) -> Version.parse(text).stream()).sorted().toList();
		String rest = known.isEmpty() ? "it has no versions at all" : "nearest are " + nearest(requested, known);
		return new BakeRefusedException(source + " has no version " + requested + "; " + rest);
	}

	private static String nearest(String requested, List<Version> known) {
		Matcher matcher = FIRST_VERSION.matcher(requested);
		Optional<Version> wanted = matcher.find() ? Version.parse(matcher.group()) : Optional.empty();
		int at = wanted.map((version) -> (int) known.stream().filter((each) -> each.compareTo(version) < 0).count())
			.orElse(known.size());
		int from = Math.clamp(at - NEAREST / 2L - 1, 0, Math.max(0, known.size() - NEAREST));
		List<String> texts = new ArrayList<>();
		known.subList(from, Math.min(known.size(), from + NEAREST)).forEach((version) -> texts.add(version.text()));
		return String.join(", ", texts);
	}

}
