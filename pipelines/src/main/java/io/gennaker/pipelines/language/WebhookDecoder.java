package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.HeaderValue;
import io.gennaker.pipelines.model.Stage.Options;
import io.gennaker.pipelines.model.Stage.Poll;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code type: webhook}.
 */
final class WebhookDecoder implements StageDecoder {

	static final Vocabulary SECRET = Vocabulary.of("secretHeader", "secret");

	static final Vocabulary POLL = Vocabulary.of("poll", "url", "every", "until");

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

	/** What the connection itself needs is not the author's to say. */
	private static final Set<String> OURS = Set.of("host", "content-length", "connection", "transfer-encoding",
			"upgrade", "expect", "idempotency-key");

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	@Override
	public List<String> keys() {
		return List.of("url", "method", "headers", "body", "success", "poll");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String method = section.word("method", METHODS);
		Value body = section.find("body");
		return new Stage.Webhook(id, options, url(section, section.requiredText("url")),
				(method != null) ? method : "POST", headers(section.find("headers")),
				(body != null) ? body.tree() : null, condition(section, "success"), poll(section.find("poll")));
	}

	private static String url(Section section, String url) {
		if (!url.isBlank() && !url.startsWith(Names.EXPRESSION) && !url.matches("https?://\\S.*")) {
			section.problem("url", DocumentPath.quoted(url) + " is not an address that begins with https://");
		}
		return url;
	}

	private static @Nullable String condition(Section section, String key) {
		return (section.find(key) != null) ? section.requiredText(key) : null;
	}

	private static Map<String, HeaderValue> headers(@Nullable Value value) {
		Map<String, HeaderValue> headers = new LinkedHashMap<>();
		if (value == null) {
			return headers;
		}
		value.entries().forEach((name, header) -> {
			if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
				header.problems().atKey(header.path(), DocumentPath.quoted(name) + " is not a name of a header");
			}
			if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
				header.problems().atKey(header.path(), "the header " + name + " is set by the service itself");
			}
			headers.put(name, header(header));
		});
		return headers;
	}

	private static HeaderValue header(Value value) {
		if (value.kind().equals("a mapping")) {
			return new HeaderValue.Secret(new Section(value, SECRET).requiredText("secret"));
		}
		String text = value.text();
		return new HeaderValue.Text((text != null) ? text : "");
	}

	private static @Nullable Poll poll(@Nullable Value value) {
		if (value == null) {
			return null;
		}
		Section section = new Section(value, POLL);
		Duration every = section.duration("every");
		if (every != null && every.compareTo(SHORTEST) < 0) {
			section.problem("every", "must be at least 1s");
		}
		String url = (section.find("url") != null) ? url(section, section.requiredText("url")) : null;
		return new Poll(url, (every != null) ? every : Duration.ofSeconds(10), section.requiredText("until"));
	}

}
