package io.gennaker.web.sandbox.apiserver;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The fields that someone set: leaves, and items of lists by their keys.
 */
record FieldSet(SortedSet<FieldPath> paths) {

	/** What the server or the URL decides and nobody owns. */
	private static final Collection<FieldPath> UNOWNED = java.util.stream.Stream
		.of("name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields",
				"deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generateName")
		.map((name) -> FieldPath.ROOT.field("metadata").field(name))
		.toList();

	static FieldSet empty() {
		return new FieldSet(new TreeSet<>());
	}

	/** The fields that an object sets. */
	static FieldSet of(ObjectNode object, MergeSchema schema) {
		FieldSet set = empty();
		set.collect(FieldPath.ROOT, object, schema);
		set.paths.remove(FieldPath.ROOT.field("apiVersion"));
		set.paths.remove(FieldPath.ROOT.field("kind"));
		UNOWNED.forEach((unowned) -> set.paths.removeIf((path) -> path.equals(unowned) || path.isUnder(unowned)));
		return set;
	}

	/** Reads the {@code fieldsV1} of a manager. */
	static FieldSet ofFieldsV1(JsonNode fields) {
		FieldSet set = empty();
		set.read(FieldPath.ROOT, fields);
		return set;
	}

	/** Writes the set as {@code fieldsV1}. */
	ObjectNode toFieldsV1() {
		ObjectNode root = Json.object();
		for (FieldPath path : this.paths) {
			ObjectNode node = root;
			for (String step : path.steps()) {
				node = Json.child(node, step);
			}
			if (path.last().startsWith("k:")) {
				node.putObject(".");
			}
		}
		return root;
	}

	boolean contains(FieldPath path) {
		return this.paths.contains(path);
	}

	boolean isEmpty() {
		return this.paths.isEmpty();
	}

	boolean hasUnder(FieldPath path) {
		return this.paths.tailSet(path).stream().anyMatch((other) -> other.isUnder(path));
	}

	FieldSet plus(Collection<FieldPath> more) {
		SortedSet<FieldPath> all = new TreeSet<>(this.paths);
		all.addAll(more);
		return new FieldSet(all);
	}

	FieldSet minus(Collection<FieldPath> fewer) {
		SortedSet<FieldPath> rest = new TreeSet<>(this.paths);
		rest.removeAll(fewer);
		return new FieldSet(rest);
	}

	private void collect(FieldPath path, JsonNode node, MergeSchema schema) {
		if (node.isObject() && !node.isEmpty() && !schema.isAtomicMap(path)) {
			node.properties().forEach((entry) -> collect(path.field(entry.getKey()), entry.getValue(), schema));
		}
		else if (node.isArray() && !node.isEmpty() && schema.itemStep(path, node.get(0)) != null) {
			node.forEach((item) -> collectItem(path, item, schema));
		}
		else if (!path.steps().isEmpty()) {
			this.paths.add(path);
		}
	}

	private void collectItem(FieldPath list, JsonNode item, MergeSchema schema) {
		String step = schema.itemStep(list, item);
		if (step == null) {
			throw ApiException.badRequest("failed to create typed patch object: " + list.words()
					+ ": an element lacks the key of the list: " + item);
		}
		FieldPath path = list.then(step);
		if (!this.paths.add(path)) {
			throw ApiException.badRequest("failed to create typed patch object: " + list.words()
					+ ": duplicate entries for key " + path.words().substring(list.words().length()));
		}
		if (item.isObject()) {
			collect(path, item, schema);
		}
	}

	private void read(FieldPath path, JsonNode fields) {
		for (Map.Entry<String, JsonNode> entry : fields.properties()) {
			if (entry.getKey().equals(".")) {
				this.paths.add(path);
			}
			else if (entry.getValue().isEmpty()) {
				this.paths.add(path.then(entry.getKey()));
			}
			else {
				read(path.then(entry.getKey()), entry.getValue());
			}
		}
	}

	/** The value that an object has at a path; none if it has no such field or item. */
	static @Nullable JsonNode valueAt(JsonNode object, FieldPath path, MergeSchema schema) {
		JsonNode node = object;
		FieldPath walked = FieldPath.ROOT;
		for (String step : path.steps()) {
			node = step.startsWith("f:") ? node.get(step.substring(2)) : item(node, walked, step, schema);
			if (node == null) {
				return null;
			}
			walked = walked.then(step);
		}
		return node;
	}

	static @Nullable JsonNode item(JsonNode list, FieldPath path, String step, MergeSchema schema) {
		for (JsonNode item : list) {
			if (step.equals(schema.itemStep(path, item))) {
				return item;
			}
		}
		return null;
	}

}
