package io.gennaker.web.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.web.webhook.DeliveryStatus;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.Status;
import io.gennaker.activities.rollout.ReleasePreview;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class TextsTests {

	private static final Pattern KEY = Pattern.compile("#\\{([A-Za-z][A-Za-z0-9.-]*)");

	private static final Pattern INLINE = Pattern
		.compile("<script(?![^>]*\\bsrc=)|<style|\\s(?:th:)?(?:on[a-z]+|style)=|javascript:|th:utext|\\[\\(|__\\$\\{");

	@Test
	void bothLanguagesHaveTheSameTexts() throws IOException {
		assertThat(keys("console_zh")).isEqualTo(keys("console"));
	}

	@Test
	void everyTextOfATemplateExists() throws IOException {
		Set<String> used = new TreeSet<>();
		for (Resource template : templates()) {
			Matcher key = KEY.matcher(template.getContentAsString(StandardCharsets.UTF_8));
			while (key.find()) {
				used.add(key.group(1));
			}
		}
		assertThat(used).hasSizeGreaterThan(200);
		assertThat(keys("console")).containsAll(used);
	}

	@Test
	void everyStateHasAWord() throws IOException {
		List<String> needed = new ArrayList<>();
		Stream.of(Status.values()).forEach((state) -> needed.add("status." + state));
		Stream.of(ObjectState.values()).forEach((state) -> needed.add("status." + state));
		Stream.of(DeliveryStatus.values()).forEach((state) -> needed.add("delivery.status." + state));
		Stream.of(BoundArtifact.Origin.values()).forEach((origin) -> needed.add("origin." + origin));
		Stream.of(ReleasePreview.Change.values()).forEach((change) -> needed.add("change." + change));
		for (String steer : List.of("pause", "resume", "cancel")) {
			for (String text : List.of("title", "effect", "underway", "waiting", "done", "submit")) {
				needed.add("steer." + steer + "." + text);
			}
		}
		assertThat(keys("console")).containsAll(needed);
	}

	@Test
	void everyPatternIsOne() throws IOException {
		ResourceBundleMessageSource messages = messages();
		for (String key : keys("console")) {
			for (Locale language : ConsoleConfiguration.LANGUAGES) {
				assertThatCode(() -> messages.getMessage(key, new Object[] { 1, 2, 3, 4 }, language)).as(key)
					.doesNotThrowAnyException();
			}
		}
	}

	@Test
	void noTemplateHoldsScriptOrStyleOrUnescapedText() throws IOException {
		for (Resource template : templates()) {
			List<String> found = INLINE.matcher(template.getContentAsString(StandardCharsets.UTF_8))
				.results()
				.map((match) -> match.group())
				.toList();
			assertThat(found).as(template.getFilename()).isEmpty();
		}
	}

	static ResourceBundleMessageSource messages() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages/console");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		return messages;
	}

	private static Set<String> keys(String bundle) throws IOException {
		Properties texts = new Properties();
		try (InputStream stream = TextsTests.class.getResourceAsStream("/messages/" + bundle + ".properties")) {
			texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
		}
		return new TreeSet<>(texts.stringPropertyNames());
	}

	private static List<Resource> templates() throws IOException {
		return Arrays.asList(new PathMatchingResourcePatternResolver().getResources("classpath:/templates/**/*.html"));
	}

}
