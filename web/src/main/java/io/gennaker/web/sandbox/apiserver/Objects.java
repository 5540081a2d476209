package io.gennaker.web.sandbox.apiserver;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the API server: each reads, checks, completes and stores an object as one
 * step.
 */
public final class Objects {

	private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";

	private final SecureRandom random = new SecureRandom();

	private final ObjectStore store;

	private final ResourceTypes types;

	/** The verbs over a store. */
	public Objects(ObjectStore store, ResourceTypes types) {
		this.store = store;
		this.types = types;
	}

	/** The kinds that there are. */
	public ResourceTypes types() {
		return this.types;
	}

	/** Where the objects lie. */
	public ObjectStore store() {
		return this.store;
	}

	/** An object, if it is there; not to be changed. */
	public Optional<ObjectNode> find(ObjectKey key) {
		return this.store.get(key);
	}

	/**
	 * An object; not to be changed.
	 * @throws ApiException with 404 if it is not there
	 */
	public ObjectNode read(ObjectKey key) {
		return find(key).orElseThrow(() -> ApiException.notFound(key.type(), key.name()));
	}

	/**
	 * Stores a new object, named by its {@code name} or {@code generateName}.
	 * @throws ApiException with 409 if there is one of that name, 422 if it is invalid
	 */
	public ObjectNode create(ResourceType type, String namespace, ObjectNode body, Write write) {
		return this.store.atomically(() -> {
			ObjectNode object = body.deepCopy();
			ObjectNode metadata = Json.child(object, "metadata");
			String prefix = metadata.path("generateName").asText("");
			if (metadata.path("name").asText("").isEmpty() && !prefix.isEmpty()) {
				metadata.put("name", prefix + randomSuffix());
			}
			ObjectKey key = keyOf(type, namespace, object);
			if (this.store.get(key).isPresent()) {
				throw ApiException.alreadyExists(key);
			}
			metadata.remove("managedFields");
			return commit(key, null, object, write, "Update");
		});
	}

	/**
	 * Replaces an object.
	 * @throws ApiException with 404 if it is not there, 409 if it is of another resource
	 * version
	 */
	public ObjectNode replace(ObjectKey key, ObjectNode body, Write write) {
		return this.store.atomically(() -> {
			ObjectNode before = read(key);
			return commit(key, before, body.deepCopy(), write, "Update");
		});
	}

	/** Changes a copy of an object and stores it, where there still is such an object. */
	public Optional<ObjectNode> change(ObjectKey key, Write write, Consumer<ObjectNode> change) {
		return this.store.atomically(() -> find(key).map((before) -> {
			ObjectNode copy = before.deepCopy();
			change.accept(copy);
			return copy.equals(before) ? before : commit(key, before, copy, write, "Update");
		}));
	}

	/**
	 * Patches an object, or creates it by server-side apply.
	 * @throws ApiException with 404, 409 or 422
	 */
	public Patched patch(ObjectKey key, PatchKind kind, JsonNode patch, Write write) {
		return this.store.atomically(() -> {
			ObjectNode before = find(key).orElse(null);
			MergeSchema schema = new MergeSchema(key.type().custom());
			if (kind == PatchKind.APPLY) {
				return new Patched(applied(key, before, patch, write, schema), before == null);
			}
			if (before == null) {
				throw ApiException.notFound(key.type(), key.name());
			}
			ObjectNode after = new Patches(schema).patched(before, kind, patch);
			return new Patched(commit(key, before, after, write, "Update"), false);
		});
	}

	/**
	 * Deletes an object, or marks it as to be deleted where finalizers or a grace period
	 * hold it.
	 * @param grace seconds; negative for the kind's own
	 * @param propagation {@code Background}, {@code Foreground} or {@code Orphan}
	 * @return the object as it was last, to be told by its deletion timestamp
	 */
	public ObjectNode delete(ObjectKey key, int grace, String propagation, Write write) {
		return this.store.atomically(() -> {
			ObjectNode before = read(key);
			ObjectNode after = before.deepCopy();
			ObjectNode metadata = Json.child(after, "metadata");
			boolean pod = key.type().kind().equals("Pod");
			int seconds = (grace >= 0) ? grace : pod ? 30 : 0;
			if (propagation.equals("Foreground")) {
				addFinalizer(metadata, "foregroundDeletion");
			}
			if (key.type().kind().equals("Namespace") && !metadata.has("deletionTimestamp")) {
				addFinalizer(metadata, "kubernetes");
				Json.child(after, "status").put("phase", "Terminating");
			}
			boolean held = (pod && seconds > 0) || !metadata.path("finalizers").isEmpty();
			if (!write.dryRun() && propagation.equals("Orphan")) {
				orphan(before);
			}
			if (!held) {
				if (!write.dryRun()) {
					forget(key);
				}
				return before;
			}
			if (!metadata.has("deletionTimestamp")) {
				metadata.put("deletionTimestamp", Json.now()).put("deletionGracePeriodSeconds", seconds);
			}
			return write.dryRun() ? after : this.store.put(key, after);
		});
	}

	/**
	 * The key that an object has by its own account.
	 * @throws ApiException with 400 or 422 if it has no name, or another namespace than
	 * the request
	 */
	static ObjectKey keyOf(ResourceType type, String namespace, ObjectNode object) {
		String name = Json.text(object, "metadata/name");
		if (name.isEmpty()) {
			throw ApiException.invalid(type, "",
					List.of(ApiException.Cause.required("metadata.name", "name or generateName is required")));
		}
		return new ObjectKey(type, type.namespaced() ? namespace : "", name);
	}

	private ObjectNode applied(ObjectKey key, @Nullable ObjectNode before, JsonNode patch, Write write,
			MergeSchema schema) {
		if (!(patch instanceof ObjectNode body)) {
			throw ApiException.badRequest("the configuration to apply must be an object");
		}
		checkIdentity(key, body);
		if (body.path("metadata").has("managedFields") && !body.path("metadata").path("managedFields").isEmpty()) {
			throw ApiException.badRequest("metadata.managedFields must be nil");
		}
		ObjectNode config = body.deepCopy();
		if (key.type().status()) {
			(write.isStatus() ? List.of("spec", "data") : List.of("status")).forEach(config::remove);
		}
		Defaults.dropNulls(config);
		TypeCheck.check(key.type(), config);
		ObjectNode live = (before != null) ? before : nameless(key);
		ObjectNode merged = new ServerSideApply(schema).apply(live, config, write.manager(key.type(), "Apply"),
				write.force());
		return commit(key, before, merged, write, "Apply");
	}

	private static ObjectNode nameless(ObjectKey key) {
		ObjectNode object = Json.object();
		object.put("apiVersion", key.type().apiVersion()).put("kind", key.type().kind());
		return object;
	}

	private ObjectNode commit(ObjectKey key, @Nullable ObjectNode before, ObjectNode body, Write write,
			String operation) {
		checkIdentity(key, body);
		ObjectNode object = (before != null && write.isStatus()) ? withStatus(before, body) : body;
		ObjectNode metadata = Json.child(object, "metadata");
		String asked = metadata.path("resourceVersion").asText("");
		if (before != null && !asked.isEmpty() && !asked.equals(Json.text(before, "metadata/resourceVersion"))) {
			throw ApiException.modified(key);
		}
		if (before == null) {
			checkNamespace(key);
		}
		object.put("apiVersion", key.type().apiVersion()).put("kind", key.type().kind());
		keepSystemFields(key, before, object, write);
		TypeCheck.check(key.type(), object);
		Defaults.fill(key.type(), object);
		ServerFields.assign(key.type(), before, object);
		Validation.check(key, before, object);
		if (operation.equals("Update")) {
			MergeSchema schema = new MergeSchema(key.type().custom());
			ManagedFields managed = managers(before, object);
			managed.noteUpdate(write.manager(key.type(), operation), (before != null) ? before : Json.object(), object,
					schema);
			managed.writeTo(object);
		}
		if (object.equals(before) || write.dryRun()) {
			return object;
		}
		return stored(key, object);
	}

	/**
	 * Who owned what so far: a client may say so, to pass fields on from one to another.
	 */
	private static ManagedFields managers(@Nullable ObjectNode before, ObjectNode body) {
		if (before == null) {
			return ManagedFields.of(Json.object());
		}
		boolean said = !body.path("metadata").path("managedFields").isEmpty();
		return ManagedFields.of(said ? body : before);
	}

	private ObjectNode stored(ObjectKey key, ObjectNode object) {
		JsonNode metadata = object.path("metadata");
		if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()
				&& !key.type().kind().equals("Pod")) {
			this.store.put(key, object);
			forget(key);
			return object;
		}
		if (key.type().kind().equals("CustomResourceDefinition")) {
			CustomResources.define(this.types, object);
		}
		return this.store.put(key, object);
	}

	private void forget(ObjectKey key) {
		this.store.get(key)
			.filter((object) -> key.type().kind().equals("CustomResourceDefinition"))
			.ifPresent((object) -> this.types.define(Json.text(object, "spec/group"),
					Json.text(object, "spec/names/plural"), List.of()));
		this.store.remove(key);
	}

	private static void checkIdentity(ObjectKey key, ObjectNode body) {
		ResourceType type = key.type();
		String apiVersion = Json.text(body, "apiVersion");
		String kind = Json.text(body, "kind");
		boolean ofType = (apiVersion.isEmpty() || apiVersion.equals(type.apiVersion()))
				&& (kind.isEmpty() || kind.equals(type.kind()));
		if (!ofType) {
			throw ApiException.badRequest("the API version and kind in the data (" + apiVersion + " " + kind
					+ ") do not match the expected ones (" + type.apiVersion() + " " + type.kind() + ")");
		}
		String name = Json.text(body, "metadata/name");
		if (!name.isEmpty() && !name.equals(key.name())) {
			throw ApiException.badRequest(
					"the name of the object (" + name + ") does not match the name on the URL (" + key.name() + ")");
		}
		String namespace = Json.text(body, "metadata/namespace");
		if (type.namespaced() && !namespace.isEmpty() && !namespace.equals(key.namespace())) {
			throw ApiException.badRequest(
					"the namespace of the provided object does not match the namespace sent on" + " the request");
		}
	}

	private void checkNamespace(ObjectKey key) {
		if (!key.type().namespaced()) {
			return;
		}
		ResourceType namespaces = this.types.require("v1", "Namespace");
		ObjectNode namespace = this.store.get(new ObjectKey(namespaces, "", key.namespace()))
			.orElseThrow(() -> ApiException.notFound(namespaces, key.namespace()));
		if (namespace.path("metadata").has("deletionTimestamp")) {
			throw ApiException.forbidden(key,
					"unable to create new content in namespace " + key.namespace() + " because it is being terminated");
		}
	}

	private static ObjectNode withStatus(ObjectNode before, ObjectNode body) {
		ObjectNode object = before.deepCopy();
		JsonNode status = body.get("status");
		if (status != null) {
			object.set("status", status);
		}
		else {
			object.remove("status");
		}
		ObjectNode metadata = Json.child(object, "metadata");
		for (String field : List.of("managedFields", "resourceVersion")) {
			JsonNode value = body.path("metadata").get(field);
			if (value != null) {
				metadata.set(field, value);
			}
		}
		return object;
	}

	private void keepSystemFields(ObjectKey key, @Nullable ObjectNode before, ObjectNode object, Write write) {
		ObjectNode metadata = Json.child(object, "metadata");
		metadata.put("name", key.name());
		if (key.type().namespaced()) {
			metadata.put("namespace", key.namespace());
		}
		if (before == null) {
			List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink")
				.forEach(metadata::remove);
			metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", Json.now());
			if (key.type().status()) {
				object.remove("status");
			}
			return;
		}
		for (String field : List.of("uid", "creationTimestamp", "resourceVersion", "deletionTimestamp",
				"deletionGracePeriodSeconds", "generation")) {
			JsonNode kept = before.path("metadata").get(field);
			if (kept != null) {
				metadata.set(field, kept);
			}
			else {
				metadata.remove(field);
			}
		}
		if (key.type().status() && !write.isStatus()) {
			JsonNode status = before.get("status");
			if (status != null) {
				object.set("status", status);
			}
			else {
				object.remove("status");
			}
		}
	}

	private void orphan(ObjectNode owner) {
		String uid = Json.text(owner, "metadata/uid");
		for (ObjectKey key : this.store.keys()) {
			change(key, Write.by("kube-controller-manager"), (dependent) -> {
				if (dependent.path("metadata").path("ownerReferences") instanceof ArrayNode references) {
					references.removeIf((reference) -> reference.path("uid").asText().equals(uid));
				}
			});
		}
	}

	private static void addFinalizer(ObjectNode metadata, String finalizer) {
		ArrayNode finalizers = (metadata.get("finalizers") instanceof ArrayNode present) ? present
				: metadata.putArray("finalizers");
		if (finalizers.valueStream().noneMatch((one) -> one.asText().equals(finalizer))) {
			finalizers.add(finalizer);
		}
	}

	private String randomSuffix() {
		StringBuilder suffix = new StringBuilder();
		for (int i = 0; i < 5; i++) {
			suffix.append(SUFFIX.charAt(this.random.nextInt(SUFFIX.length())));
		}
		return suffix.toString();
	}

	/** Takes in what {@link ObjectStore#snapshot()} gave. */
	public void restore(ObjectNode snapshot) {
		JsonNode items = snapshot.path("objects");
		items.valueStream()
			.filter((item) -> item.path("kind").asText().equals("CustomResourceDefinition"))
			.forEach((item) -> CustomResources.define(this.types, (ObjectNode) item));
		TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
		for (JsonNode item : items) {
			ResourceType type = this.types.require(Json.text(item, "apiVersion"), Json.text(item, "kind"));
			objects.put(new ObjectKey(type, Json.text(item, "metadata/namespace"), Json.text(item, "metadata/name")),
					(ObjectNode) item);
		}
		this.store.restore(snapshot.path("revision").asLong(), objects);
	}

	/**
	 * The result of a patch.
	 *
	 * @param created whether an apply made the object
	 */
	public record Patched(ObjectNode object, boolean created) {
	}

}
