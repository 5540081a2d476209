package io.gennaker.web.sandbox.apiserver;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What the server decides at each write: the generation, addresses of services, generated
 * selectors, first statuses.
 */
final class ServerFields {

	private ServerFields() {
	}

	static void assign(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
		if (!type.custom()) {
			switch (type.kind()) {
				case "Service" -> serviceAddress(before, object);
				case "Job" -> jobSelector(object);
				case "Pod", "PersistentVolumeClaim" -> phase(object, "Pending");
				case "Namespace" -> phase(object, "Active");
				case "CustomResourceDefinition" -> CustomResources.establish(object);
				default -> {
					// Nothing to decide.
				}
			}
		}
		generation(type, before, object);
	}

	/** The generation grows with the wish, not with metadata or status. */
	private static void generation(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
		if (!type.status() || type.group().isEmpty()) {
			return;
		}
		ObjectNode metadata = Json.child(object, "metadata");
		if (before == null) {
			metadata.put("generation", 1L);
		}
		else if (!wish(before).equals(wish(object))) {
			metadata.put("generation", before.path("metadata").path("generation").asLong() + 1);
		}
	}

	private static ObjectNode wish(ObjectNode object) {
		ObjectNode wish = Json.object();
		for (Map.Entry<String, JsonNode> entry : object.properties()) {
			if (!entry.getKey().equals("metadata") && !entry.getKey().equals("status")) {
				wish.set(entry.getKey(), entry.getValue());
			}
		}
		return wish;
	}

	private static void serviceAddress(@Nullable ObjectNode before, ObjectNode service) {
		ObjectNode spec = Json.child(service, "spec");
		if (spec.path("type").asText().equals("ExternalName")) {
			return;
		}
		String address = (before != null) ? Json.text(before, "spec/clusterIP") : spec.path("clusterIP").asText("");
		if (address.isEmpty()) {
			int hash = Json.text(service, "metadata/uid").hashCode();
			address = "10.96." + (hash >>> 8 & 0xff) + "." + Math.max(1, hash & 0xff);
		}
		if (!spec.has("clusterIP")) {
			spec.put("clusterIP", address);
		}
		spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
		if (!service.has("status")) {
			service.putObject("status").putObject("loadBalancer");
		}
	}

	private static void jobSelector(ObjectNode job) {
		ObjectNode spec = Json.child(job, "spec");
		if (spec.path("manualSelector").asBoolean()) {
			return;
		}
		String uid = Json.text(job, "metadata/uid");
		Json.child(Json.child(spec, "selector"), "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
		Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels")
			.put("batch.kubernetes.io/controller-uid", uid)
			.put("batch.kubernetes.io/job-name", Json.text(job, "metadata/name"))
			.put("controller-uid", uid)
			.put("job-name", Json.text(job, "metadata/name"));
	}

	private static void phase(ObjectNode object, String phase) {
		ObjectNode status = Json.child(object, "status");
		if (!status.has("phase")) {
			status.put("phase", phase);
		}
	}

}
