package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Server-side apply: merges what one manager wants into the object, removes what it
 * wanted before and no longer does, and refuses to change what another manager owns.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 * Apply</a>
 */
final class ServerSideApply {

	private final MergeSchema schema;

	ServerSideApply(MergeSchema schema) {
		this.schema = schema;
	}

	/**
	 * The object after the apply, with its managers.
	 * @param live the object as it is, or one with nothing but its name
	 * @throws ApiException with 409 if another manager owns a field that would change
	 */
	ObjectNode apply(ObjectNode live, ObjectNode config, ManagedFields.Owner manager, boolean force) {
		ManagedFields managed = ManagedFields.of(live);
		FieldSet wanted = FieldSet.of(config, this.schema);
		Map<ManagedFields.Owner, List<FieldPath>> conflicts = managed.conflicts(manager, wanted, config, live,
				this.schema);
		if (!conflicts.isEmpty() && !force) {
			throw refusal(conflicts);
		}
		TreeSet<FieldPath> taken = new TreeSet<>();
		conflicts.values().forEach(taken::addAll);
		managed.takeFromOthers(manager, taken);
		ObjectNode merged = live.deepCopy();
		FieldSet others = managed.ofOthers(manager);
		removeAbandoned(merged, managed.setOf(manager).minus(wanted.paths()), others);
		merge(FieldPath.ROOT, merged, config);
		managed.assign(manager, wanted);
		managed.writeTo(merged);
		return merged;
	}

	private void merge(FieldPath path, ObjectNode live, ObjectNode config) {
		for (Map.Entry<String, JsonNode> entry : config.properties()) {
			FieldPath field = path.field(entry.getKey());
			JsonNode wanted = entry.getValue();
			JsonNode present = live.get(entry.getKey());
			if (wanted instanceof ObjectNode wantedMap && present instanceof ObjectNode presentMap
					&& !this.schema.isAtomicMap(field)) {
				merge(field, presentMap, wantedMap);
			}
			else if (wanted instanceof ArrayNode wantedList && present instanceof ArrayNode presentList
					&& mergesByKey(field, wantedList)) {
				mergeItems(field, presentList, wantedList);
			}
			else {
				live.set(entry.getKey(), wanted.deepCopy());
			}
		}
	}

	private boolean mergesByKey(FieldPath list, ArrayNode wanted) {
		return !wanted.isEmpty() && this.schema.itemStep(list, wanted.get(0)) != null;
	}

	private void mergeItems(FieldPath list, ArrayNode live, ArrayNode wanted) {
		for (JsonNode item : wanted) {
			String step = this.schema.itemStep(list, item);
			JsonNode present = (step != null) ? FieldSet.item(live, list, step, this.schema) : null;
			if (present == null || step == null) {
				live.add(item.deepCopy());
			}
			else if (present instanceof ObjectNode presentItem && item instanceof ObjectNode wantedItem) {
				merge(list.then(step), presentItem, wantedItem);
			}
		}
	}

	private void removeAbandoned(ObjectNode object, FieldSet abandoned, FieldSet others) {
		// Deepest first, so that a parent is looked at when its children are gone.
		for (FieldPath path : List.copyOf(abandoned.paths()).reversed()) {
			if (!others.contains(path) && !others.hasUnder(path)) {
				remove(object, path);
			}
		}
	}

	private void remove(ObjectNode object, FieldPath path) {
		JsonNode parent = FieldSet.valueAt(object, path.parent(), this.schema);
		if (parent instanceof ObjectNode map) {
			map.remove(path.last().substring(2));
		}
		else if (parent instanceof ArrayNode list) {
			JsonNode item = FieldSet.item(list, path.parent(), path.last(), this.schema);
			for (int i = list.size() - 1; i >= 0; i--) {
				if (list.get(i) == item) {
					list.remove(i);
				}
			}
		}
		boolean field = path.parent().steps().size() > 1 && path.parent().last().startsWith("f:");
		if (field && parent != null && parent.isEmpty()) {
			remove(object, path.parent());
		}
	}

	private static ApiException refusal(Map<ManagedFields.Owner, List<FieldPath>> conflicts) {
		List<ApiException.Cause> causes = new ArrayList<>();
		List<String> words = new ArrayList<>();
		conflicts.forEach((manager, paths) -> {
			paths.forEach((path) -> causes
				.add(new ApiException.Cause("FieldManagerConflict", path.words(), "conflict with " + manager.words())));
			words.add((paths.size() == 1) ? "conflict with " + manager.words() + ": " + paths.getFirst().words()
					: "conflicts with " + manager.words() + ":"
							+ String.join("", paths.stream().map((path) -> "\n- " + path.words()).toList()));
		});
		String count = (causes.size() == 1) ? "1 conflict" : causes.size() + " conflicts";
		return ApiException.applyConflict("Apply failed with " + count + ": " + String.join("\n", words), causes);
	}

}
