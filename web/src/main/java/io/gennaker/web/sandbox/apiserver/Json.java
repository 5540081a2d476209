package io.gennaker.web.sandbox.apiserver;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * Objects as trees. They are kept as trees, not as typed models, so that a field that the
 * emulation does not know survives.
 */
public final class Json {

	private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
		.maxNestingDepth(200)
		.maxDocumentLength(3 * 1024 * 1024)
		.build();

	private static final JsonMapper JSON = JsonMapper
		.builder(com.fasterxml.jackson.core.JsonFactory.builder().streamReadConstraints(LIMITS).build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/** Reads back what the sandbox wrote itself, which may be longer than a request. */
	private static final JsonMapper OWN = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final YAMLMapper YAML = new YAMLMapper();

	private Json() {
	}

	/** An empty object. */
	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/** An empty array. */
	public static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * A body in JSON, or in YAML where it does not begin as JSON does.
	 * @throws ApiException with 400 if it is neither
	 */
	static JsonNode parse(byte[] body) {
		try {
			JsonNode node = beginsAsJson(body) ? JSON.readTree(body) : YAML.readTree(body);
			if (node == null || node.isMissingNode()) {
				throw ApiException.badRequest("the body of the request is empty");
			}
			return node;
		}
		catch (JsonProcessingException ex) {
			throw ApiException.badRequest("error decoding the body: " + ex.getOriginalMessage());
		}
		catch (IOException ex) {
			throw ApiException.badRequest("error reading the body: " + ex.getMessage());
		}
	}

	/** An object that the sandbox itself wrote. */
	public static ObjectNode read(byte[] own) throws IOException {
		return (ObjectNode) OWN.readTree(own);
	}

	/** The bytes of a tree, in UTF-8. */
	public static byte[] bytes(JsonNode node) {
		try {
			return OWN.writeValueAsBytes(node);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A tree could not be written as JSON", ex);
		}
	}

	/** The child object of that name, made if it is not there. */
	public static ObjectNode child(ObjectNode parent, String name) {
		return (parent.get(name) instanceof ObjectNode child) ? child : parent.putObject(name);
	}

	/** The text at a path such as {@code metadata/name}; empty if there is none. */
	public static String text(JsonNode node, String path) {
		return node.at("/" + path).asText("");
	}

	/** This moment as Kubernetes writes it, to the second. */
	public static String now() {
		return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	private static boolean beginsAsJson(byte[] body) {
		for (byte b : body) {
			if (!Character.isWhitespace(b)) {
				return b == '{' || b == '[';
			}
		}
		return true;
	}

}
