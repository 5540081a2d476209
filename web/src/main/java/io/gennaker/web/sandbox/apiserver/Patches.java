package io.gennaker.web.sandbox.apiserver;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/**
 * Patches an object by anything but server-side apply.
 */
final class Patches {

	private final MergeSchema schema;

	Patches(MergeSchema schema) {
		this.schema = schema;
	}

	ObjectNode patched(ObjectNode live, PatchKind kind, JsonNode patch) {
		ObjectNode copy = live.deepCopy();
		return switch (kind) {
			case JSON -> byOperations(copy, patch);
			case MERGE -> merged(copy, object(patch));
			case STRATEGIC -> strategic(FieldPath.ROOT, copy, object(patch));
			case APPLY -> throw new IllegalArgumentException("Server-side apply is not a patch of the object");
		};
	}

	private static ObjectNode byOperations(ObjectNode live, JsonNode patch) {
		try {
			if (JsonPatch.apply(patch, live) instanceof ObjectNode object) {
				return object;
			}
		}
		catch (JsonPatchException ex) {
			throw ApiException
				.badRequest("the server rejected our request due to an error in our request: " + ex.getMessage());
		}
		throw ApiException.badRequest("the patch left no object");
	}

	private static ObjectNode merged(ObjectNode live, ObjectNode patch) {
		for (Map.Entry<String, JsonNode> entry : patch.properties()) {
			if (entry.getValue().isNull()) {
				live.remove(entry.getKey());
			}
			else if (entry.getValue() instanceof ObjectNode map) {
				ObjectNode child = (live.get(entry.getKey()) instanceof ObjectNode present) ? present : Json.object();
				live.set(entry.getKey(), merged(child, map));
			}
			else {
				live.set(entry.getKey(), entry.getValue().deepCopy());
			}
		}
		return live;
	}

	private ObjectNode strategic(FieldPath path, ObjectNode live, ObjectNode patch) {
		if (patch.path("$patch").asText("").equals("replace")) {
			ObjectNode replacement = patch.deepCopy();
			replacement.remove("$patch");
			return replacement;
		}
		for (Map.Entry<String, JsonNode> entry : patch.properties()) {
			String name = entry.getKey();
			FieldPath field = path.field(name);
			if (name.startsWith("$")) {
				continue;
			}
			if (entry.getValue().isNull()) {
				live.remove(name);
			}
			else if (entry.getValue() instanceof ObjectNode map) {
				ObjectNode child = (live.get(name) instanceof ObjectNode present) ? present : Json.object();
				live.set(name, strategic(field, child, map));
			}
			else if (entry.getValue() instanceof ArrayNode list && live.get(name) instanceof ArrayNode present) {
				live.set(name, strategicItems(field, present, list));
			}
			else {
				live.set(name, entry.getValue().deepCopy());
			}
		}
		return live;
	}

	private ArrayNode strategicItems(FieldPath list, ArrayNode live, ArrayNode patch) {
		if (patch.isEmpty() || this.schema.itemStep(list, patch.get(0)) == null) {
			return patch.deepCopy();
		}
		for (JsonNode item : patch) {
			String step = this.schema.itemStep(list, item);
			JsonNode present = (step != null) ? FieldSet.item(live, list, step, this.schema) : null;
			if (step == null || present == null) {
				live.add(item.deepCopy());
			}
			else if (item.path("$patch").asText("").equals("delete")) {
				live.remove(live.valueStream().toList().indexOf(present));
			}
			else if (present instanceof ObjectNode presentItem && item instanceof ObjectNode wanted) {
				strategic(list.then(step), presentItem, wanted);
			}
		}
		return live;
	}

	private static ObjectNode object(JsonNode patch) {
		if (patch instanceof ObjectNode object) {
			return object;
		}
		throw ApiException.badRequest("a patch of this kind must be an object");
	}

}
