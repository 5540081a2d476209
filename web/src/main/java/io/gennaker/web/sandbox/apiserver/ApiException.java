package io.gennaker.web.sandbox.apiserver;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A refusal, as the API server words it: an HTTP code, a reason for programs and a
 * message for people.
 */
public final class ApiException extends RuntimeException {

	private final int code;

	private final String reason;

	private final transient ObjectNode details;

	private ApiException(int code, String reason, String message, ObjectNode details) {
		super(message, null, false, false);
		this.code = code;
		this.reason = reason;
		this.details = details;
	}

	/** The HTTP code. */
	public int code() {
		return this.code;
	}

	/** The machine-readable reason, such as {@code NotFound}. */
	public String reason() {
		return this.reason;
	}

	/** The Status object that the client gets. */
	ObjectNode status() {
		ObjectNode status = Json.object();
		status.put("kind", "Status").put("apiVersion", "v1");
		status.putObject("metadata");
		status.put("status", "Failure").put("message", getMessage()).put("reason", this.reason);
		if (!this.details.isEmpty()) {
			status.set("details", this.details);
		}
		return status.put("code", this.code);
	}

	static ApiException badRequest(String message) {
		return new ApiException(400, "BadRequest", message, Json.object());
	}

	static ApiException noSuchPath() {
		return new ApiException(404, "NotFound", "the server could not find the requested resource", Json.object());
	}

	static ApiException notFound(ResourceType type, String name) {
		return new ApiException(404, "NotFound", type.qualifiedName() + " \"" + name + "\" not found",
				details(type.group(), type.plural(), name));
	}

	static ApiException alreadyExists(ObjectKey key) {
		return new ApiException(409, "AlreadyExists",
				key.type().qualifiedName() + " \"" + key.name() + "\" already exists", details(key));
	}

	static ApiException modified(ObjectKey key) {
		return conflict(key,
				"the object has been modified; please apply your changes to the latest version and" + " try again");
	}

	static ApiException conflict(ObjectKey key, String why) {
		return new ApiException(409, "Conflict",
				"Operation cannot be fulfilled on " + key.type().qualifiedName() + " \"" + key.name() + "\": " + why,
				details(key));
	}

	static ApiException applyConflict(String message, List<Cause> causes) {
		ObjectNode details = Json.object();
		details.set("causes", causes(causes));
		return new ApiException(409, "Conflict", message, details);
	}

	static ApiException invalid(ResourceType type, String name, List<Cause> causes) {
		List<String> words = causes.stream().map((cause) -> cause.field() + ": " + cause.message()).toList();
		String all = (words.size() == 1) ? words.getFirst() : "[" + String.join(", ", words) + "]";
		ObjectNode details = details(type.group(), type.kind(), name);
		details.set("causes", causes(causes));
		String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
		return new ApiException(422, "Invalid", kind + " \"" + name + "\" is invalid: " + all, details);
	}

	static ApiException forbidden(ObjectKey key, String why) {
		return new ApiException(403, "Forbidden",
				key.type().qualifiedName() + " \"" + key.name() + "\" is forbidden: " + why, details(key));
	}

	static ApiException methodNotAllowed() {
		return new ApiException(405, "MethodNotAllowed",
				"the server does not allow this method on the requested" + " resource", Json.object());
	}

	static ApiException unsupportedMediaType(String type) {
		return new ApiException(415, "UnsupportedMediaType",
				"the body of the request was in an unknown format -"
						+ " accepted media types include: application/json-patch+json, application/merge-patch+json,"
						+ " application/strategic-merge-patch+json, application/apply-patch+yaml; got " + type,
				Json.object());
	}

	static ApiException tooLarge(int limit) {
		return new ApiException(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit + " bytes",
				Json.object());
	}

	static ApiException expired(long asked, long oldest) {
		return new ApiException(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")",
				Json.object());
	}

	static ApiException internal(String message) {
		return new ApiException(500, "InternalError", "Internal error occurred: " + message, Json.object());
	}

	private static ObjectNode details(ObjectKey key) {
		return details(key.type().group(), key.type().plural(), key.name());
	}

	private static ObjectNode details(String group, String kind, String name) {
		ObjectNode details = Json.object();
		details.put("name", name);
		if (!group.isEmpty()) {
			details.put("group", group);
		}
		return details.put("kind", kind);
	}

	private static ArrayNode causes(List<Cause> causes) {
		ArrayNode array = Json.array();
		for (Cause cause : causes) {
			array.addObject().put("reason", cause.reason()).put("message", cause.message()).put("field", cause.field());
		}
		return array;
	}

	/**
	 * One thing that is wrong with one field.
	 *
	 * @param reason such as {@code FieldValueRequired}
	 */
	record Cause(String reason, String field, String message) {

		static Cause required(String field, String hint) {
			return new Cause("FieldValueRequired", field,
					hint.isEmpty() ? "Required value" : "Required value: " + hint);
		}

		static Cause invalid(String field, Object value, String why) {
			Object shown = (value instanceof String text) ? "\"" + text + "\"" : value;
			return new Cause("FieldValueInvalid", field, "Invalid value: " + shown + ": " + why);
		}

	}

}
