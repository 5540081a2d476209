package io.gennaker.web.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What must hold for a deletion: that the object is the one the client saw.
 */
final class Preconditions {

	private Preconditions() {
	}

	static void check(ObjectKey key, JsonNode object, JsonNode preconditions) {
		for (String field : java.util.List.of("uid", "resourceVersion")) {
			String wanted = preconditions.path(field).asText("");
			String present = object.path("metadata").path(field).asText();
			if (!wanted.isEmpty() && !wanted.equals(present)) {
				throw ApiException.conflict(key, "the " + field + " in the precondition (" + wanted
						+ ") does not match the " + field + " in record (" + present + ")");
			}
		}
	}

}
