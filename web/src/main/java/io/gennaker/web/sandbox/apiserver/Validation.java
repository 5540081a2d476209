package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What the API server refuses with 422: the rules that a release meets in practice, in
 * the server's own words.
 */
final class Validation {

	private static final Pattern SUBDOMAIN = Pattern
		.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

	private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

	private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

	private final List<ApiException.Cause> causes = new ArrayList<>();

	private Validation() {
	}

	/**
	 * Checks an object that is to be stored.
	 * @throws ApiException with 422 and all that is wrong with it
	 */
	static void check(ObjectKey key, @Nullable ObjectNode before, ObjectNode object) {
		Validation validation = new Validation();
		validation.metadata(key, object);
		if (!key.type().custom()) {
			validation.spec(key.type(), object);
			if (before != null) {
				validation.immutable(key.type(), before, object);
			}
		}
		if (!validation.causes.isEmpty()) {
			throw ApiException.invalid(key.type(), key.name(), validation.causes);
		}
	}

	private void metadata(ObjectKey key, ObjectNode object) {
		String name = key.name();
		if (!key.type().group().startsWith("rbac") && (name.length() > 253 || !SUBDOMAIN.matcher(name).matches())) {
			this.causes.add(ApiException.Cause.invalid("metadata.name", name,
					"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
							+ " and must start and end with an alphanumeric character"));
		}
		object.path("metadata").path("labels").properties().forEach((label) -> {
			String value = label.getValue().asText();
			if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
				this.causes.add(ApiException.Cause.invalid("metadata.labels", value,
						"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
								+ " '.', and must start and end with an alphanumeric character"));
			}
		});
	}

	private void spec(ResourceType type, ObjectNode object) {
		JsonNode spec = object.path("spec");
		if (WORKLOADS.contains(type.kind())) {
			workload(spec);
		}
		switch (type.kind()) {
			case "Pod" -> podSpec(spec, "spec", Set.of("Always", "OnFailure", "Never"));
			case "Job" ->
				podSpec(spec.path("template").path("spec"), "spec.template.spec", Set.of("OnFailure", "Never"));
			case "CronJob" -> {
				required(spec, "schedule", "spec.schedule");
				podSpec(spec.path("jobTemplate").path("spec").path("template").path("spec"),
						"spec.jobTemplate.spec.template.spec", Set.of("OnFailure", "Never"));
			}
			case "Service" -> service(spec);
			case "HorizontalPodAutoscaler" -> autoscaler(spec);
			case "Ingress" -> {
				if (!spec.has("rules") && !spec.has("defaultBackend")) {
					this.causes.add(ApiException.Cause.invalid("spec", "",
							"either `defaultBackend` or `rules` must be" + " specified"));
				}
			}
			default -> {
				// Anything goes.
			}
		}
	}

	private void workload(JsonNode spec) {
		if (spec.path("replicas").asInt(0) < 0) {
			this.causes.add(ApiException.Cause.invalid("spec.replicas", spec.path("replicas").asInt(),
					"must be greater than or equal to 0"));
		}
		JsonNode selector = spec.path("selector");
		if (selector.isEmpty()) {
			required(spec, "selector", "spec.selector");
		}
		else if (!Selector.ofLabels(selector).matches(spec.path("template"))) {
			this.causes.add(ApiException.Cause.invalid("spec.template.metadata.labels",
					spec.path("template").path("metadata").path("labels"),
					"`selector` does not match template `labels`"));
		}
		podSpec(spec.path("template").path("spec"), "spec.template.spec", Set.of("Always"));
	}

	private void podSpec(JsonNode spec, String path, Set<String> restartPolicies) {
		if (spec.path("containers").isEmpty()) {
			required(spec, "containers", path + ".containers");
		}
		String restartPolicy = spec.path("restartPolicy").asText("Always");
		if (!restartPolicies.contains(restartPolicy)) {
			this.causes
				.add(new ApiException.Cause("FieldValueNotSupported", path + ".restartPolicy", "Unsupported value: \""
						+ restartPolicy + "\": supported values: "
						+ String.join(", ", restartPolicies.stream().sorted().map((one) -> '"' + one + '"').toList())));
		}
		Set<String> volumes = new HashSet<>();
		spec.path("volumes").forEach((volume) -> volumes.add(volume.path("name").asText()));
		for (String list : List.of("initContainers", "containers")) {
			Set<String> names = new HashSet<>();
			int index = 0;
			for (JsonNode container : spec.path(list)) {
				container(container, path + "." + list + "[" + index++ + "]", names, volumes);
			}
		}
	}

	private void container(JsonNode container, String path, Set<String> names, Set<String> volumes) {
		required(container, "name", path + ".name");
		required(container, "image", path + ".image");
		String name = container.path("name").asText();
		if (!name.isEmpty() && !names.add(name)) {
			this.causes.add(
					new ApiException.Cause("FieldValueDuplicate", path + ".name", "Duplicate value: \"" + name + "\""));
		}
		String image = container.path("image").asText();
		if (!image.equals(image.strip())) {
			this.causes.add(ApiException.Cause.invalid(path + ".image", image,
					"must not have leading or trailing" + " whitespace"));
		}
		int index = 0;
		for (JsonNode mount : container.path("volumeMounts")) {
			String volume = mount.path("name").asText();
			if (!volumes.contains(volume)) {
				this.causes.add(new ApiException.Cause("FieldValueNotFound", path + ".volumeMounts[" + index + "].name",
						"Not found: \"" + volume + "\""));
			}
			index++;
		}
	}

	private void service(JsonNode spec) {
		boolean external = spec.path("type").asText().equals("ExternalName");
		if (spec.path("ports").isEmpty() && !external && !spec.path("clusterIP").asText().equals("None")) {
			required(spec, "ports", "spec.ports");
		}
		int index = 0;
		for (JsonNode port : spec.path("ports")) {
			int number = port.path("port").asInt(0);
			if (number < 1 || number > 65535) {
				this.causes.add(ApiException.Cause.invalid("spec.ports[" + index + "].port", number,
						"must be between 1 and 65535, inclusive"));
			}
			index++;
		}
	}

	private void autoscaler(JsonNode spec) {
		if (spec.path("maxReplicas").asInt(0) < 1) {
			this.causes.add(ApiException.Cause.invalid("spec.maxReplicas", spec.path("maxReplicas").asInt(0),
					"must be greater than 0"));
		}
		required(spec.path("scaleTargetRef"), "kind", "spec.scaleTargetRef.kind");
		required(spec.path("scaleTargetRef"), "name", "spec.scaleTargetRef.name");
	}

	private void immutable(ResourceType type, ObjectNode before, ObjectNode object) {
		List<String> fields = switch (type.kind()) {
			case "Deployment", "DaemonSet", "ReplicaSet" -> List.of("selector");
			case "Job" -> List.of("selector", "template", "completionMode");
			case "Service" -> List.of("clusterIP");
			default -> List.of();
		};
		for (String field : fields) {
			if (!before.path("spec").path(field).equals(object.path("spec").path(field))) {
				this.causes.add(ApiException.Cause.invalid("spec." + field, object.path("spec").path(field),
						"field is immutable"));
			}
		}
		if (type.kind().equals("StatefulSet")) {
			statefulSet(before.path("spec"), object.path("spec"));
		}
		if (before.path("immutable").asBoolean() && !before.path("data").equals(object.path("data"))) {
			this.causes.add(new ApiException.Cause("FieldValueForbidden", "data",
					"Forbidden: field is immutable when `immutable` is set"));
		}
	}

	private void statefulSet(JsonNode before, JsonNode after) {
		for (String field : List.of("selector", "serviceName", "volumeClaimTemplates", "podManagementPolicy")) {
			if (!before.path(field).equals(after.path(field))) {
				this.causes.add(new ApiException.Cause("FieldValueForbidden", "spec",
						"Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
								+ " 'template', 'updateStrategy', 'revisionHistoryLimit',"
								+ " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
				return;
			}
		}
	}

	private void required(JsonNode node, String field, String path) {
		JsonNode value = node.path(field);
		if (value.isMissingNode() || value.isNull() || (value.isTextual() && value.asText().isEmpty())
				|| (value.isContainerNode() && value.isEmpty())) {
			this.causes.add(ApiException.Cause.required(path, ""));
		}
	}

}
