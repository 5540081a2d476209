package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Durations as the pipeline file writes them: {@code 90s}, {@code 10m}, {@code 1h30m}.
 */
final class Durations {

	/** The longest that a pipeline may name. */
	static final Duration LONGEST = Duration.ofDays(366);

	private static final Pattern FORM = Pattern.compile("(?=\\d)(?:(\\d{1,5})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?");

	private Durations() {
	}

	/**
	 * The duration, or null if the text is none or too long a time.
	 */
	static @Nullable Duration parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		Duration duration = Duration.ofHours(part(matcher, 1))
			.plusMinutes(part(matcher, 2))
			.plusSeconds(part(matcher, 3));
		return (duration.compareTo(LONGEST) <= 0) ? duration : null;
	}

	private static long part(Matcher matcher, int group) {
		String digits = matcher.group(group);
		return (digits != null) ? Long.parseLong(digits) : 0;
	}

}
