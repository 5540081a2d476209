package io.gennaker.web.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private final Words words = new Words(TextsTests.messages(), Clock.fixed(NOW, ZoneOffset.UTC));

	@BeforeEach
	void english() {
		LocaleContextHolder.setLocale(Locale.ENGLISH);
	}

	@AfterEach
	void reset() {
		LocaleContextHolder.resetLocaleContext();
	}

	@Test
	void agoTakesTheLargestUnitThatFits() {
		assertThat(this.words.ago(NOW.minusSeconds(59))).isEqualTo("59 sec ago");
		assertThat(this.words.ago(NOW.minusSeconds(240))).isEqualTo("4 min ago");
		assertThat(this.words.ago(NOW.minusSeconds(7_200))).isEqualTo("2 hr ago");
		assertThat(this.words.ago(NOW.minusSeconds(86_400))).isEqualTo("1 day ago");
		assertThat(this.words.ago(NOW.plusSeconds(300))).isEqualTo("in 5 min");
	}

	@Test
	void agoSpeaksChinese() {
		LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
		assertThat(this.words.ago(NOW.minusSeconds(240))).isEqualTo("4分钟前");
	}

	@Test
	void durationsHaveTwoUnitsAtMost() {
		assertThat(this.words.duration(Duration.ofSeconds(9))).isEqualTo("9 s");
		assertThat(this.words.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
		assertThat(this.words.duration(Duration.ofMinutes(60))).isEqualTo("1 h");
		assertThat(this.words.duration(Duration.ofHours(49))).isEqualTo("2 d 1 h");
	}

	@Test
	void whatHasNotBegunTookNothing() {
		assertThat(this.words.took(null, null)).isEmpty();
	}

	@Test
	void countdownsEndAtZero() {
		assertThat(this.words.countdown(NOW.plusSeconds(192))).isEqualTo("3:12");
		assertThat(this.words.countdown(NOW.plusSeconds(86_341))).isEqualTo("23:59:01");
		assertThat(this.words.countdown(NOW.minusSeconds(5))).isEqualTo("0:00");
	}

	@Test
	void digestsAreShort() {
		assertThat(this.words.digest("sha256:3f2a1b2c4d5e6f70")).isEqualTo("3f2a1b2c");
		assertThat(this.words.digest(null)).isEmpty();
	}

	@Test
	void wideLettersCountTwice() {
		assertThat(Words.shorten("guangdong", 9)).isEqualTo("guangdong");
		assertThat(Words.shorten("guangdong", 8)).isEqualTo("guangdon…");
		assertThat(Words.shorten("广东广东", 6)).isEqualTo("广东广…");
	}

	@Test
	void aBriefMessageIsItsFirstLineWithoutLongDigests() {
		String digest = "sha256:" + "1202e221".repeat(8);
		assertThat(this.words.brief("pull of api:v1.9.2@" + digest + " failed\nEvents of the pod:", 200))
			.isEqualTo("pull of api:v1.9.2 failed");
		assertThat(this.words.brief("no bake " + digest, 200)).isEqualTo("no bake sha256:1202e221…");
		assertThat(this.words.brief(null, 200)).isEmpty();
	}

	@Test
	void aBriefMessageKeepsHowItBeginsAndHowItEnds() {
		String brief = this.words.brief("api: " + "back-off ".repeat(40) + "not found", 60);
		assertThat(brief).startsWith("api: back-off").contains(" … ").endsWith("not found");
		assertThat(brief.length()).isLessThanOrEqualTo(60);
	}

}
