package io.gennaker.web.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The subresource by which replicas are set without touching anything else.
 */
final class Scale {

	private Scale() {
	}

	static ObjectNode of(RequestTarget target, ObjectNode workload) {
		if (!workload.path("spec").has("replicas")) {
			throw ApiException.noSuchPath();
		}
		ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
		ObjectNode metadata = scale.putObject("metadata");
		for (String field : java.util.List.of("uid", "resourceVersion", "creationTimestamp")) {
			metadata.set(field, workload.path("metadata").path(field));
		}
		metadata.put("name", target.name()).put("namespace", target.namespace());
		scale.putObject("spec").set("replicas", workload.path("spec").path("replicas"));
		scale.putObject("status").put("replicas", workload.path("status").path("replicas").asInt(0));
		return scale;
	}

	static ObjectNode set(Objects objects, RequestTarget target, ObjectNode scale, Write write) {
		JsonNode replicas = scale.path("spec").path("replicas");
		if (!replicas.isInt()) {
			throw ApiException.badRequest("spec.replicas of a Scale must be a number");
		}
		// Whoever scales owns the replicas under the subresource's name, as on a real
		// server.
		ObjectNode changed = objects
			.change(target.key(), write, (workload) -> Json.child(workload, "spec").set("replicas", replicas))
			.orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
		return of(target, changed);
	}

}
