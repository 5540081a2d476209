package io.gennaker.web.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.gennaker.web.api.JsonFaults;
import io.gennaker.web.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Reads payloads that anybody may have written: bounded in size before they are parsed
 * and in depth while they are.
 */
final class Payloads {

	/** The largest payload, in bytes. */
	static final int LIMIT = 1024 * 1024;

	private static final int DEPTH = 32;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private Payloads() {
	}

	/**
	 * Reads a request's body.
	 * @return the JSON text, an object
	 * @throws WebhookRefusedException if it is too large or no such thing
	 */
	static String read(HttpServletRequest request) throws IOException {
		checkMediaType(request);
		if (request.getContentLengthLong() > LIMIT) {
			throw tooLarge();
		}
		byte[] bytes;
		try (InputStream body = request.getInputStream()) {
			bytes = body.readNBytes(LIMIT + 1);
		}
		if (bytes.length > LIMIT) {
			throw tooLarge();
		}
		String text = text(bytes);
		try {
			if (!parse(text).isObject()) {
				throw malformed("Line 1, column 1: an object is expected");
			}
		}
		catch (JacksonException exception) {
			throw malformed(JsonFaults.describe(exception));
		}
		return text;
	}

	/**
	 * The tree of a text that {@link #read} gave.
	 */
	static JsonNode parse(String text) {
		return MAPPER.readTree(text);
	}

	private static void checkMediaType(HttpServletRequest request) {
		String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
		if (!isJson(request.getContentType()) || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
			throw new WebhookRefusedException(Problem.UNSUPPORTED_MEDIA_TYPE,
					"Send JSON in UTF-8, not compressed, as application/json or application/…+json.");
		}
	}

	private static boolean isJson(String contentType) {
		try {
			MediaType type = MediaType.parseMediaType(String.valueOf(contentType));
			String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
			boolean unicode = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
			return type.getType().equalsIgnoreCase("application")
					&& (subtype.equals("json") || subtype.endsWith("+json")) && unicode;
		}
		catch (InvalidMediaTypeException exception) {
			return false;
		}
	}

	private static String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException exception) {
			throw malformed("the text is not UTF-8");
		}
	}

	private static WebhookRefusedException tooLarge() {
		return new WebhookRefusedException(Problem.TOO_LARGE, "A delivery has at most 1 MiB.");
	}

	private static WebhookRefusedException malformed(String what) {
		return new WebhookRefusedException(Problem.UNREADABLE_BODY, "The delivery cannot be read. " + what + ".");
	}

}
