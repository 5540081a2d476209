package io.gennaker.web.sandbox.controller;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;
import io.gennaker.web.sandbox.apiserver.Objects;
import io.gennaker.web.sandbox.apiserver.ResourceType;
import io.gennaker.web.sandbox.apiserver.Write;

/**
 * The cluster as its controllers see it.
 */
final class Cluster {

	private static final Map<String, String> VERSIONS = Map.of("Pod", "v1", "Node", "v1", "Event", "v1", "Namespace",
			"v1", "Deployment", "apps/v1", "ReplicaSet", "apps/v1", "StatefulSet", "apps/v1", "DaemonSet", "apps/v1",
			"Job", "batch/v1");

	private final Objects objects;

	private final BiConsumer<ObjectKey, Duration> again;

	private final String writer;

	Cluster(Objects objects, BiConsumer<ObjectKey, Duration> again, String writer) {
		this.objects = objects;
		this.again = again;
		this.writer = writer;
	}

	ResourceType type(String kind) {
		return this.objects.types().require(VERSIONS.getOrDefault(kind, "v1"), kind);
	}

	ObjectKey key(String kind, String namespace, String name) {
		return new ObjectKey(type(kind), namespace, name);
	}

	static ObjectKey key(ResourceType type, JsonNode object) {
		return new ObjectKey(type, Json.text(object, "metadata/namespace"), Json.text(object, "metadata/name"));
	}

	Optional<ObjectNode> find(ObjectKey key) {
		return this.objects.find(key);
	}

	List<ObjectNode> list(String kind, String namespace) {
		return this.objects.store().list(type(kind), namespace).items();
	}

	/** The objects of a kind whose controller is this one, the oldest first. */
	List<ObjectNode> controlled(String kind, ObjectNode owner) {
		String uid = uid(owner);
		return list(kind, Json.text(owner, "metadata/namespace")).stream()
			.filter((object) -> object.path("metadata")
				.path("ownerReferences")
				.valueStream()
				.anyMatch((reference) -> reference.path("uid").asText().equals(uid)))
			.sorted(java.util.Comparator
				.comparing((ObjectNode object) -> Json.text(object, "metadata/creationTimestamp")))
			.toList();
	}

	ObjectNode create(ObjectKey key, ObjectNode object) {
		return this.objects.create(key.type(), key.namespace(), object, Write.by(this.writer));
	}

	void change(ObjectKey key, Consumer<ObjectNode> change) {
		this.objects.change(key, Write.by(this.writer), change);
	}

	void changeStatus(ObjectKey key, Consumer<ObjectNode> change) {
		this.objects.change(key, Write.ofStatus(this.writer), (object) -> change.accept(Json.child(object, "status")));
	}

	void delete(ObjectKey key) {
		delete(key, -1);
	}

	/** Deletes an object with that many seconds of grace, if it is still there. */
	void delete(ObjectKey key, int grace) {
		if (find(key).isPresent()) {
			this.objects.delete(key, grace, "Background", Write.by(this.writer));
		}
	}

	/** Looks at an object again after that time. */
	void again(ObjectKey key, Duration after) {
		this.again.accept(key, after);
	}

	/** All objects there are. */
	List<ObjectKey> keys() {
		return this.objects.store().keys();
	}

	static String uid(JsonNode object) {
		return Json.text(object, "metadata/uid");
	}

	static boolean isEnding(JsonNode object) {
		return object.path("metadata").has("deletionTimestamp");
	}

	/** An object of that kind that its owner controls. */
	ObjectNode ownedBy(ObjectNode owner, String kind, String name) {
		ResourceType type = type(kind);
		ObjectNode object = Json.object();
		object.put("apiVersion", type.apiVersion()).put("kind", kind);
		ObjectNode metadata = object.putObject("metadata");
		metadata.put("name", name).put("namespace", Json.text(owner, "metadata/namespace"));
		metadata.putArray("ownerReferences")
			.addObject()
			.put("apiVersion", Json.text(owner, "apiVersion"))
			.put("kind", Json.text(owner, "kind"))
			.put("name", Json.text(owner, "metadata/name"))
			.put("uid", uid(owner))
			.put("controller", true)
			.put("blockOwnerDeletion", true);
		return object;
	}

}
