package io.gennaker.workflows.temporal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;

/**
 * What workflows tell people: failures in the words of who refused, durations as in the
 * pipeline file, times in UTC, and lists that stay readable when they are long.
 */
public final class Words {

	private static final int MOST_NAMES = 10;

	private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Words() {
	}

	/**
	 * The words of the innermost failure that says something: the activity's own, which
	 * quote the server's.
	 */
	public static String of(TemporalFailure failure) {
		TimeoutFailure timeout = null;
		ApplicationFailure said = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof TimeoutFailure found && timeout == null) {
				timeout = found;
			}
			if (cause instanceof ApplicationFailure found && said == null) {
				said = found;
			}
		}
		String words = (said != null) ? said.getOriginalMessage() : null;
		if (timeout != null) {
			return timedOut(timeout) + ((words != null) ? "; last: " + words : "");
		}
		return (words != null && !words.isBlank()) ? words : failure.getOriginalMessage();
	}

	private static String timedOut(TimeoutFailure timeout) {
		return switch (timeout.getTimeoutType()) {
			case TIMEOUT_TYPE_HEARTBEAT -> "the worker that did it went silent";
			case TIMEOUT_TYPE_SCHEDULE_TO_START -> "no worker took it up in time";
			default -> "no end in time";
		};
	}

	/**
	 * Whether a failure only says that a person, or the failure of another, ended what
	 * was under way.
	 */
	public static boolean tellsOfCancellation(TemporalFailure failure) {
		return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
	}

	/**
	 * A duration as the pipeline file writes it, such as {@code 1h30m}.
	 */
	public static String of(Duration duration) {
		StringBuilder text = new StringBuilder();
		part(text, duration.toHours(), "h");
		part(text, duration.toMinutesPart(), "m");
		part(text, duration.toSecondsPart(), "s");
		return text.isEmpty() ? duration.toMillis() + "ms" : text.toString();
	}

	private static void part(StringBuilder text, long amount, String unit) {
		if (amount != 0) {
			text.append(amount).append(unit);
		}
	}

	/**
	 * A time to the minute, such as {@code 2027-03-01 14:30 UTC}.
	 */
	public static String of(Instant time) {
		return MINUTES.format(time);
	}

	/**
	 * Names with commas; of many, the first ten and how many more.
	 */
	public static String of(List<String> names) {
		if (names.size() <= MOST_NAMES) {
			return String.join(", ", names);
		}
		return String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
	}

	/**
	 * A text that begins as a sentence does.
	 */
	public static String sentence(String text) {
		return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}

	/**
	 * A text and, where there is one, a reason behind a colon.
	 */
	public static String because(String text, @Nullable String reason) {
		return (reason != null && !reason.isBlank()) ? text + ": " + reason : text;
	}

}
