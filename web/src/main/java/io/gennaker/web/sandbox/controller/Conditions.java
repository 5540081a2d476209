package io.gennaker.web.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;

/**
 * The conditions in a status.
 */
final class Conditions {

	private Conditions() {
	}

	/** Sets a condition; its transition time moves only when its status does. */
	static void set(ObjectNode status, String type, boolean holds, String reason, String message) {
		ArrayNode conditions = (status.get("conditions") instanceof ArrayNode present) ? present
				: status.putArray("conditions");
		ObjectNode condition = find(conditions, type);
		String word = holds ? "True" : "False";
		boolean turned = !condition.path("status").asText().equals(word);
		boolean updated = turned || !condition.path("reason").asText().equals(reason)
				|| !condition.path("message").asText().equals(message);
		if (!updated) {
			return;
		}
		condition.put("type", type).put("status", word);
		if (turned) {
			condition.put("lastTransitionTime", Json.now());
		}
		if (type.equals("Progressing") || type.equals("Available")) {
			condition.put("lastUpdateTime", Json.now());
		}
		putOrRemove(condition, "reason", reason);
		putOrRemove(condition, "message", message);
	}

	static boolean holds(JsonNode object, String type) {
		return object.path("status")
			.path("conditions")
			.valueStream()
			.anyMatch((one) -> one.path("type").asText().equals(type) && one.path("status").asText().equals("True"));
	}

	private static ObjectNode find(ArrayNode conditions, String type) {
		for (JsonNode condition : conditions) {
			if (condition.path("type").asText().equals(type)) {
				return (ObjectNode) condition;
			}
		}
		return conditions.addObject();
	}

	private static void putOrRemove(ObjectNode node, String name, String value) {
		if (value.isEmpty()) {
			node.remove(name);
		}
		else {
			node.put(name, value);
		}
	}

}
