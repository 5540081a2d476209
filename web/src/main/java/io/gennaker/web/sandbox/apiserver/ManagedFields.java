package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which fields of an object.
 */
final class ManagedFields {

	private final Map<Owner, FieldSet> sets = new LinkedHashMap<>();

	private final Map<Owner, String> times = new LinkedHashMap<>();

	static ManagedFields of(ObjectNode object) {
		ManagedFields managed = new ManagedFields();
		for (JsonNode entry : object.path("metadata").path("managedFields")) {
			Owner manager = new Owner(entry.path("manager").asText(), entry.path("operation").asText(),
					entry.path("apiVersion").asText(), entry.path("subresource").asText(""));
			managed.sets.put(manager, FieldSet.ofFieldsV1(entry.path("fieldsV1")));
			managed.times.put(manager, entry.path("time").asText());
		}
		return managed;
	}

	FieldSet setOf(Owner manager) {
		return this.sets.getOrDefault(manager, FieldSet.empty());
	}

	/** What all the others own. */
	FieldSet ofOthers(Owner manager) {
		FieldSet others = FieldSet.empty();
		this.sets.forEach((other, set) -> {
			if (!other.equals(manager)) {
				others.paths().addAll(set.paths());
			}
		});
		return others;
	}

	/**
	 * The fields of an applied set that others own and that would change, by their owner.
	 */
	Map<Owner, List<FieldPath>> conflicts(Owner manager, FieldSet applied, ObjectNode config, ObjectNode live,
			MergeSchema schema) {
		Map<Owner, List<FieldPath>> conflicts = new LinkedHashMap<>();
		this.sets.forEach((other, set) -> {
			if (other.equals(manager)) {
				return;
			}
			for (FieldPath path : set.paths()) {
				if (applied.contains(path) && path.last().startsWith("f:")
						&& !same(FieldSet.valueAt(config, path, schema), FieldSet.valueAt(live, path, schema))) {
					conflicts.computeIfAbsent(other, (key) -> new ArrayList<>()).add(path);
				}
			}
		});
		return conflicts;
	}

	/** Takes fields away from everyone but one manager. */
	void takeFromOthers(Owner manager, TreeSet<FieldPath> paths) {
		this.sets.replaceAll((other, set) -> other.equals(manager) ? set : set.minus(paths));
	}

	/** Says what a manager owns from now on. */
	void assign(Owner manager, FieldSet set) {
		if (!set.equals(setOf(manager))) {
			this.times.put(manager, Json.now());
		}
		this.sets.put(manager, set);
		this.times.putIfAbsent(manager, Json.now());
	}

	/**
	 * Notes who changed what between two states: changed fields are the manager's, and
	 * nobody else's; removed ones are nobody's.
	 */
	void noteUpdate(Owner manager, ObjectNode before, ObjectNode after, MergeSchema schema) {
		FieldSet old = FieldSet.of(before, schema);
		FieldSet now = FieldSet.of(after, schema);
		TreeSet<FieldPath> changed = new TreeSet<>();
		for (FieldPath path : now.paths()) {
			if (!old.contains(path) || (path.last().startsWith("f:")
					&& !same(FieldSet.valueAt(before, path, schema), FieldSet.valueAt(after, path, schema)))) {
				changed.add(path);
			}
		}
		TreeSet<FieldPath> gone = new TreeSet<>(old.minus(now.paths()).paths());
		if (changed.isEmpty() && gone.isEmpty()) {
			return;
		}
		takeFromOthers(manager, changed);
		this.sets.replaceAll((other, set) -> set.minus(gone));
		assign(manager, setOf(manager).plus(changed));
	}

	void writeTo(ObjectNode object) {
		ArrayNode entries = Json.array();
		this.sets.forEach((manager, set) -> {
			if (!set.isEmpty()) {
				ObjectNode entry = entries.addObject();
				entry.put("manager", manager.name()).put("operation", manager.operation());
				entry.put("apiVersion", manager.apiVersion()).put("time", this.times.get(manager));
				entry.put("fieldsType", "FieldsV1");
				entry.set("fieldsV1", set.toFieldsV1());
				if (!manager.subresource().isEmpty()) {
					entry.put("subresource", manager.subresource());
				}
			}
		});
		Json.child(object, "metadata").set("managedFields", entries);
	}

	private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
		return (one == null) ? other == null : one.equals(other);
	}

	/**
	 * Someone who writes.
	 *
	 * @param operation {@code Apply} or {@code Update}
	 * @param subresource empty for the object itself
	 */
	record Owner(String name, String operation, String apiVersion, String subresource) {

		/** As a conflict names it. */
		String words() {
			String words = "\"" + this.name + "\"";
			if (!this.subresource.isEmpty()) {
				words += " with subresource \"" + this.subresource + "\"";
			}
			return words + " using " + this.apiVersion;
		}

	}

}
