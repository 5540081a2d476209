package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Kinds that a CustomResourceDefinition brings. Their objects are stored as they come:
 * the definition's own schema is not checked.
 */
final class CustomResources {

	private CustomResources() {
	}

	static void define(ResourceTypes types, ObjectNode definition) {
		JsonNode spec = definition.path("spec");
		JsonNode names = spec.path("names");
		List<ResourceType> defined = new ArrayList<>();
		List<String> shortNames = names.path("shortNames").valueStream().map(JsonNode::asText).toList();
		for (JsonNode version : spec.path("versions")) {
			if (version.path("served").asBoolean()) {
				defined.add(new ResourceType(Json.text(spec, "group"), version.path("name").asText(),
						names.path("kind").asText(), names.path("plural").asText(),
						spec.path("scope").asText().equals("Namespaced"), version.path("subresources").has("status"),
						true, shortNames));
			}
		}
		types.define(Json.text(spec, "group"), names.path("plural").asText(), defined);
	}

	/** Says at once what a real server says after a moment. */
	static void establish(ObjectNode definition) {
		ObjectNode status = Json.child(definition, "status");
		status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
		if (status.has("conditions")) {
			return;
		}
		ArrayNode conditions = status.putArray("conditions");
		condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
		condition(conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted");
		ArrayNode stored = status.putArray("storedVersions");
		definition.path("spec").path("versions").forEach((version) -> {
			if (version.path("storage").asBoolean()) {
				stored.add(version.path("name").asText());
			}
		});
	}

	private static void condition(ArrayNode conditions, String type, String reason, String message) {
		conditions.addObject()
			.put("type", type)
			.put("status", "True")
			.put("reason", reason)
			.put("message", message)
			.put("lastTransitionTime", Json.now());
	}

}
