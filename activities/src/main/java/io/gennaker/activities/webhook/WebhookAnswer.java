package io.gennaker.activities.webhook;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered.
 *
 * @param status the HTTP status
 * @param headers by name in small letters; of several values, joined by commas
 * @param text the body
 */
record WebhookAnswer(int status, Map<String, String> headers, String text) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final int SHOWN = 300;

	/**
	 * Of a service that is not there or has too much to do; others mean what they say.
	 */
	private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

	static WebhookAnswer of(HttpResponse<byte[]> response) {
		Map<String, String> headers = new LinkedHashMap<>();
		response.headers()
			.map()
			.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
		return new WebhookAnswer(response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
	}

	/**
	 * Whether it may be another one if one asks again.
	 */
	boolean passing() {
		return PASSING.contains(this.status);
	}

	boolean well() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * As conditions see it: the body is parsed where it is JSON, else text.
	 */
	Map<String, Object> tree() {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("status", (long) this.status);
		tree.put("headers", this.headers);
		tree.put("body", body());
		return tree;
	}

	private @Nullable Object body() {
		try {
			return this.text.isBlank() ? "" : JSON.readValue(this.text, Object.class);
		}
		catch (JsonProcessingException ex) {
			return this.text;
		}
	}

	/**
	 * Status and the beginning of the body, for people.
	 */
	String words() {
		String line = this.text.replaceAll("\\p{Cntrl}+", " ").strip();
		String shown = (line.length() > SHOWN) ? line.substring(0, SHOWN) + " …" : line;
		return this.status + (shown.isEmpty() ? "" : " " + shown);
	}

}
