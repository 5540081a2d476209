package io.gennaker.web.sandbox.apiserver;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Refuses values of the wrong type in the fields where charts get quoting wrong, which a
 * real server cannot even decode.
 */
final class TypeCheck {

	private static final Set<String> NUMBERS = Set.of("replicas", "minReplicas", "maxReplicas", "containerPort",
			"backoffLimit", "completions", "parallelism", "terminationGracePeriodSeconds", "revisionHistoryLimit",
			"progressDeadlineSeconds", "minReadySeconds", "initialDelaySeconds", "periodSeconds");

	private static final Set<String> LISTS = Set.of("containers", "initContainers", "env", "ports", "volumes",
			"volumeMounts", "args", "command", "imagePullSecrets");

	private static final Set<String> TEXT_MAPS = Set.of("labels", "annotations", "matchLabels", "nodeSelector");

	private TypeCheck() {
	}

	/**
	 * Checks a whole object of a built-in kind.
	 * @throws ApiException with 400 at the first value of a wrong type
	 */
	static void check(ResourceType type, ObjectNode object) {
		texts(object.path("metadata").path("labels"), ".metadata.labels");
		texts(object.path("metadata").path("annotations"), ".metadata.annotations");
		if (type.custom() || type.kind().equals("CustomResourceDefinition")) {
			return;
		}
		if (type.kind().equals("ConfigMap")) {
			texts(object.path("data"), ".data");
		}
		walk(object.path("spec"), ".spec");
	}

	private static void walk(JsonNode node, String path) {
		for (Map.Entry<String, JsonNode> entry : node.properties()) {
			String name = entry.getKey();
			JsonNode value = entry.getValue();
			String here = path + "." + name;
			if (NUMBERS.contains(name) && !value.isNumber() && !value.isNull()) {
				throw wrong(here, "numeric (int or float)", value);
			}
			if (LISTS.contains(name) && !value.isArray() && !value.isNull()) {
				throw wrong(here, "list", value);
			}
			if (TEXT_MAPS.contains(name)) {
				texts(value, here);
			}
			if (name.equals("env")) {
				value.forEach((variable) -> text(variable.path("value"), here + ".value"));
			}
			if (value.isArray()) {
				value.forEach((item) -> walk(item, here));
			}
			else {
				walk(value, here);
			}
		}
	}

	private static void texts(JsonNode map, String path) {
		map.properties().forEach((entry) -> text(entry.getValue(), path + "." + entry.getKey()));
	}

	private static void text(JsonNode value, String path) {
		if (!value.isMissingNode() && !value.isTextual() && !value.isNull()) {
			throw wrong(path, "string", value);
		}
	}

	private static ApiException wrong(String path, String wanted, JsonNode value) {
		return ApiException.badRequest("failed to create typed object: " + path + ": expected " + wanted + ", got "
				+ value.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + " " + value);
	}

}
