package io.gennaker.web.sandbox.apiserver;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How lists and maps merge. This is the part of the OpenAPI schema's
 * {@code x-kubernetes-list-type}, {@code -list-map-keys} and {@code -map-type} that the
 * built-in kinds use, by the names of the fields; what it does not name is replaced as a
 * whole, as in custom resources without a declaration.
 */
final class MergeSchema {

	private static final Map<String, List<String>> LISTS = Map.ofEntries(Map.entry("containers", List.of("name")),
			Map.entry("initContainers", List.of("name")), Map.entry("ephemeralContainers", List.of("name")),
			Map.entry("env", List.of("name")), Map.entry("volumes", List.of("name")),
			Map.entry("volumeMounts", List.of("mountPath")), Map.entry("volumeDevices", List.of("devicePath")),
			Map.entry("imagePullSecrets", List.of("name")), Map.entry("secrets", List.of("name")),
			Map.entry("hostAliases", List.of("ip")), Map.entry("conditions", List.of("type")),
			Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
			Map.entry("resourceClaims", List.of("name")), Map.entry("schedulingGates", List.of("name")),
			Map.entry("ownerReferences", List.of("uid")), Map.entry("webhooks", List.of("name")));

	private static final Set<String> SETS = Set.of("finalizers");

	private static final Set<String> ATOMIC_MAPS = Set.of("selector", "labelSelector", "namespaceSelector",
			"podSelector", "nodeSelector", "secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef", "roleRef",
			"limits.hard");

	private final boolean custom;

	MergeSchema(boolean custom) {
		this.custom = custom;
	}

	/** Whether the map there belongs to one manager as a whole. */
	boolean isAtomicMap(FieldPath path) {
		return known(path) && !path.steps().isEmpty() && path.last().startsWith("f:")
				&& ATOMIC_MAPS.contains(path.fieldName(0));
	}

	/** Whether the list there is a set of values. */
	boolean isSet(FieldPath path) {
		return SETS.contains(path.fieldName(0)) && path.fieldName(1).equals("metadata");
	}

	/**
	 * The step to an item of the list there, by its keys; none if the list is atomic or
	 * the item lacks a key.
	 */
	@Nullable String itemStep(FieldPath list, JsonNode item) {
		if (isSet(list)) {
			return "v:" + item;
		}
		List<String> keys = keys(list);
		if (keys.isEmpty() || !item.isObject()) {
			return null;
		}
		ObjectNode named = Json.object();
		for (String key : keys) {
			JsonNode value = item.get(key);
			if (value == null && key.equals("protocol")) {
				value = JsonNodeFactory.instance.textNode("TCP");
			}
			if (value == null || value.isNull()) {
				return null;
			}
			named.set(key, value);
		}
		return "k:" + named;
	}

	private List<String> keys(FieldPath list) {
		if (!known(list)) {
			return List.of();
		}
		String name = list.fieldName(0);
		if (!name.equals("ports")) {
			return LISTS.getOrDefault(name, List.of());
		}
		return switch (list.fieldName(1)) {
			case "containers", "initContainers", "ephemeralContainers" -> List.of("containerPort", "protocol");
			case "spec" -> List.of("port", "protocol");
			default -> List.of();
		};
	}

	private boolean known(FieldPath path) {
		return !this.custom || (!path.steps().isEmpty() && path.steps().getFirst().equals("f:metadata"));
	}

}
