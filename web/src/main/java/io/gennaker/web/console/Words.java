package io.gennaker.web.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Says times, durations, digests and counts as people read them, in the reader's
 * language. Templates know it as {@code @words}.
 */
@Component
class Words {

	private static final int SHORT_DIGEST = 8;

	private static final DateTimeFormatter ABSOLUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'",
			Locale.ROOT);

	private static final Pattern TAGGED_DIGEST = Pattern.compile("(:[\\w.-]+)@sha256:[0-9a-f]{64}");

	private static final Pattern BARE_DIGEST = Pattern.compile("(sha256:[0-9a-f]{8})[0-9a-f]{56}");

	private final MessageSource messages;

	private final Clock clock;

	@Autowired
	Words(MessageSource messages) {
		this(messages, Clock.systemUTC());
	}

	Words(MessageSource messages, Clock clock) {
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * How long ago, or in how long, in the largest unit that fits.
	 */
	public String ago(Instant instant) {
		Duration since = Duration.between(instant, this.clock.instant());
		boolean past = !since.isNegative();
		long seconds = since.abs().toSeconds();
		String direction = past ? "time.ago." : "time.in.";
		if (seconds >= 86_400) {
			return say(direction + "days", seconds / 86_400);
		}
		if (seconds >= 3_600) {
			return say(direction + "hours", seconds / 3_600);
		}
		return (seconds >= 60) ? say(direction + "minutes", seconds / 60) : say(direction + "seconds", seconds);
	}

	/**
	 * Date and time with its zone; a script puts the reader's own zone in its place.
	 */
	public String absolute(Instant instant) {
		return ABSOLUTE.format(instant.atOffset(ZoneOffset.UTC));
	}

	/**
	 * A duration in its two largest units.
	 */
	public String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds >= 86_400) {
			return two("time.d", seconds / 86_400, "time.h", seconds % 86_400 / 3_600);
		}
		if (seconds >= 3_600) {
			return two("time.h", seconds / 3_600, "time.min", seconds % 3_600 / 60);
		}
		return two("time.min", seconds / 60, "time.s", seconds % 60);
	}

	/**
	 * How long something took or has been taking; empty for what has not begun.
	 * @param end null for what has not ended
	 */
	public String took(@Nullable Instant start, @Nullable Instant end) {
		if (start == null) {
			return "";
		}
		return duration(Duration.between(start, (end != null) ? end : this.clock.instant()));
	}

	/**
	 * The time until then as a countdown, such as {@code 3:12} or {@code 23:59:01}.
	 */
	public String countdown(Instant until) {
		long seconds = Math.max(0, Duration.between(this.clock.instant(), until).toSeconds());
		String minutes = String.format(Locale.ROOT, (seconds >= 3_600) ? "%02d:%02d" : "%d:%02d", seconds % 3_600 / 60,
				seconds % 60);
		return (seconds >= 3_600) ? (seconds / 3_600) + ":" + minutes : minutes;
	}

	/**
	 * The first digits of a digest, without its algorithm.
	 */
	public String digest(@Nullable String digest) {
		if (digest == null) {
			return "";
		}
		String digits = digest.substring(digest.indexOf(':') + 1);
		return digits.substring(0, Math.min(SHORT_DIGEST, digits.length()));
	}

	/**
	 * An image as people speak of it: its tag, or its short digest where it has none.
	 */
	public String version(BoundArtifact artifact) {
		return artifact.tag().isEmpty() ? digest(artifact.digest()) : artifact.tag();
	}

	/**
	 * Names in one line.
	 */
	public String list(List<String> names) {
		return String.join(text("list.separator"), names);
	}

	/**
	 * What a message says first, short enough for one place among others: its first line,
	 * digests left out after a tag and shortened elsewhere, the middle left out where it
	 * is longer than {@code width} letters. How it begins tells what, how it ends tells
	 * why.
	 */
	public String brief(@Nullable String message, int width) {
		if (message == null) {
			return "";
		}
		String line = message.lines().findFirst().orElse("");
		String told = BARE_DIGEST.matcher(TAGGED_DIGEST.matcher(line).replaceAll("$1")).replaceAll("$1…").strip();
		if (told.codePointCount(0, told.length()) <= width) {
			return told;
		}
		int tail = width / 3;
		return told.substring(0, told.offsetByCodePoints(0, width - tail - 3)).stripTrailing() + " … "
				+ told.substring(told.offsetByCodePoints(told.length(), -tail)).stripLeading();
	}

	/**
	 * At most so many letters, with an ellipsis where some are left out; wide letters
	 * count twice.
	 */
	static String shorten(String text, int width) {
		int used = 0;
		for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
			used += wide(text.codePointAt(i)) ? 2 : 1;
			if (used > width) {
				return text.substring(0, i) + "…";
			}
		}
		return text;
	}

	private static boolean wide(int codePoint) {
		return Character.isIdeographic(codePoint) || (codePoint >= 0x3000 && codePoint <= 0x30FF)
				|| (codePoint >= 0xAC00 && codePoint <= 0xD7A3) || (codePoint >= 0xFF00 && codePoint <= 0xFF60);
	}

	/**
	 * A text of the bundle.
	 */
	String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

	private String two(String larger, long first, String smaller, long second) {
		if (first == 0) {
			return say(smaller, second);
		}
		return (second == 0) ? say(larger, first) : say(larger, first) + " " + say(smaller, second);
	}

	private String say(String key, long count) {
		return text(key, count);
	}

}
