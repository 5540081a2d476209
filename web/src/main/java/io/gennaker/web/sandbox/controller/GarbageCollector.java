package io.gennaker.web.sandbox.controller;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Deletes what lost its owners, and empties namespaces that are being deleted.
 */
final class GarbageCollector {

	private final Cluster cluster;

	GarbageCollector(Cluster cluster) {
		this.cluster = cluster;
	}

	/** Looks at everything once: after a deletion, and at the start. */
	void collect() {
		List<ObjectKey> keys = this.cluster.keys();
		Set<String> uids = keys.stream()
			.flatMap((key) -> this.cluster.find(key).stream())
			.map(Cluster::uid)
			.collect(Collectors.toSet());
		for (ObjectKey key : keys) {
			this.cluster.find(key).ifPresent((object) -> {
				JsonNode owners = object.path("metadata").path("ownerReferences");
				if (!owners.isEmpty() && !Cluster.isEnding(object)
						&& owners.valueStream().noneMatch((owner) -> uids.contains(owner.path("uid").asText()))) {
					this.cluster.delete(key);
				}
				if (Cluster.isEnding(object)) {
					ending(key, object);
				}
			});
		}
	}

	private void ending(ObjectKey key, ObjectNode object) {
		if (hasFinalizer(object, "foregroundDeletion")) {
			List<ObjectKey> dependents = dependents(object);
			dependents.forEach(this.cluster::delete);
			if (dependents.isEmpty()) {
				dropFinalizer(key, "foregroundDeletion");
			}
		}
		if (key.type().kind().equals("Namespace")) {
			List<ObjectKey> inside = this.cluster.keys()
				.stream()
				.filter((other) -> other.namespace().equals(key.name()))
				.toList();
			inside.forEach(this.cluster::delete);
			if (inside.isEmpty()) {
				dropFinalizer(key, "kubernetes");
			}
		}
	}

	private List<ObjectKey> dependents(ObjectNode owner) {
		String uid = Cluster.uid(owner);
		return this.cluster.keys()
			.stream()
			.filter((key) -> this.cluster.find(key)
				.stream()
				.flatMap((object) -> object.path("metadata").path("ownerReferences").valueStream())
				.anyMatch((reference) -> reference.path("uid").asText().equals(uid)))
			.toList();
	}

	private static boolean hasFinalizer(ObjectNode object, String finalizer) {
		return object.path("metadata")
			.path("finalizers")
			.valueStream()
			.anyMatch((one) -> one.asText().equals(finalizer));
	}

	private void dropFinalizer(ObjectKey key, String finalizer) {
		this.cluster.change(key, (object) -> {
			ObjectNode metadata = Json.child(object, "metadata");
			if (metadata.get("finalizers") instanceof ArrayNode finalizers) {
				finalizers.removeIf((one) -> one.asText().equals(finalizer));
				if (finalizers.isEmpty()) {
					metadata.remove("finalizers");
				}
			}
		});
	}

}
