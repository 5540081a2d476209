package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the API server adds to an object that leaves it open. Without it a diff of a dry
 * run would look different from a real cluster's.
 */
final class Defaults {

	private Defaults() {
	}

	static void fill(ResourceType type, ObjectNode object) {
		dropNulls(object);
		if (type.custom()) {
			return;
		}
		switch (type.kind()) {
			case "Deployment" -> deployment(spec(object));
			case "StatefulSet" -> statefulSet(spec(object));
			case "DaemonSet" -> daemonSet(spec(object));
			case "ReplicaSet" -> {
				absent(spec(object), "replicas", 1);
				template(spec(object));
			}
			case "Job" -> job(spec(object));
			case "CronJob" -> cronJob(spec(object));
			case "Pod" -> podSpec(spec(object));
			case "Service" -> service(spec(object));
			case "HorizontalPodAutoscaler" -> absent(spec(object), "minReplicas", 1);
			case "Namespace" -> absent(Json.child(object, "metadata"), "labels", Json.object())
				.set("kubernetes.io/metadata.name", object.path("metadata").path("name"));
			case "Secret" -> secret(object);
			default -> {
				// Nothing is left open.
			}
		}
	}

	private static void deployment(ObjectNode spec) {
		absent(spec, "replicas", 1);
		absent(spec, "revisionHistoryLimit", 10);
		absent(spec, "progressDeadlineSeconds", 600);
		ObjectNode strategy = Json.child(spec, "strategy");
		absent(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asText().equals("RollingUpdate")) {
			ObjectNode rolling = Json.child(strategy, "rollingUpdate");
			absent(rolling, "maxSurge", "25%");
			absent(rolling, "maxUnavailable", "25%");
		}
		template(spec);
	}

	private static void statefulSet(ObjectNode spec) {
		absent(spec, "replicas", 1);
		absent(spec, "revisionHistoryLimit", 10);
		absent(spec, "podManagementPolicy", "OrderedReady");
		ObjectNode strategy = Json.child(spec, "updateStrategy");
		absent(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asText().equals("RollingUpdate")) {
			absent(Json.child(strategy, "rollingUpdate"), "partition", 0);
		}
		ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
		absent(retention, "whenDeleted", "Retain");
		absent(retention, "whenScaled", "Retain");
		template(spec);
	}

	private static void daemonSet(ObjectNode spec) {
		absent(spec, "revisionHistoryLimit", 10);
		ObjectNode strategy = Json.child(spec, "updateStrategy");
		absent(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asText().equals("RollingUpdate")) {
			ObjectNode rolling = Json.child(strategy, "rollingUpdate");
			absent(rolling, "maxSurge", 0);
			absent(rolling, "maxUnavailable", 1);
		}
		template(spec);
	}

	private static void job(ObjectNode spec) {
		absent(spec, "backoffLimit", 6);
		absent(spec, "completions", 1);
		absent(spec, "parallelism", 1);
		absent(spec, "completionMode", "NonIndexed");
		absent(spec, "suspend", false);
		template(spec);
	}

	private static void cronJob(ObjectNode spec) {
		absent(spec, "concurrencyPolicy", "Allow");
		absent(spec, "successfulJobsHistoryLimit", 3);
		absent(spec, "failedJobsHistoryLimit", 1);
		absent(spec, "suspend", false);
		if (spec.path("jobTemplate").path("spec") instanceof ObjectNode jobSpec) {
			template(jobSpec);
		}
	}

	private static void service(ObjectNode spec) {
		absent(spec, "type", "ClusterIP");
		absent(spec, "sessionAffinity", "None");
		absent(spec, "internalTrafficPolicy", "Cluster");
		absent(spec, "ipFamilyPolicy", "SingleStack");
		absent(spec, "ipFamilies", Json.array().add("IPv4"));
		for (JsonNode port : spec.path("ports")) {
			if (port instanceof ObjectNode open) {
				absent(open, "protocol", "TCP");
				absent(open, "targetPort", open.path("port"));
			}
		}
	}

	/** A Secret's plain texts become data, as the real server stores them. */
	private static void secret(ObjectNode secret) {
		absent(secret, "type", "Opaque");
		JsonNode plain = secret.remove("stringData");
		if (plain != null) {
			ObjectNode data = Json.child(secret, "data");
			plain.properties()
				.forEach((entry) -> data.put(entry.getKey(), java.util.Base64.getEncoder()
					.encodeToString(entry.getValue().asText().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
		}
	}

	private static void template(ObjectNode spec) {
		if (spec.path("template").path("spec") instanceof ObjectNode podSpec) {
			podSpec(podSpec);
		}
	}

	private static void podSpec(ObjectNode spec) {
		absent(spec, "restartPolicy", "Always");
		absent(spec, "terminationGracePeriodSeconds", 30);
		absent(spec, "dnsPolicy", "ClusterFirst");
		absent(spec, "schedulerName", "default-scheduler");
		absent(spec, "securityContext", Json.object());
		for (String list : List.of("initContainers", "containers")) {
			for (JsonNode container : spec.path(list)) {
				if (container instanceof ObjectNode open) {
					container(open);
				}
			}
		}
	}

	private static void container(ObjectNode container) {
		String image = container.path("image").asText();
		boolean latest = image.endsWith(":latest") || !image.substring(image.lastIndexOf('/') + 1).contains(":");
		absent(container, "imagePullPolicy", (latest && !image.contains("@")) ? "Always" : "IfNotPresent");
		absent(container, "terminationMessagePath", "/dev/termination-log");
		absent(container, "terminationMessagePolicy", "File");
		absent(container, "resources", Json.object());
		for (JsonNode port : container.path("ports")) {
			if (port instanceof ObjectNode open) {
				absent(open, "protocol", "TCP");
			}
		}
		for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
			if (container.path(name) instanceof ObjectNode probe) {
				probe(probe);
			}
		}
	}

	private static void probe(ObjectNode probe) {
		absent(probe, "failureThreshold", 3);
		absent(probe, "periodSeconds", 10);
		absent(probe, "successThreshold", 1);
		absent(probe, "timeoutSeconds", 1);
		if (probe.path("httpGet") instanceof ObjectNode get) {
			absent(get, "scheme", "HTTP");
			absent(get, "path", "/");
		}
	}

	private static ObjectNode spec(ObjectNode object) {
		return Json.child(object, "spec");
	}

	private static void absent(ObjectNode node, String name, String value) {
		if (!node.has(name)) {
			node.put(name, value);
		}
	}

	private static void absent(ObjectNode node, String name, int value) {
		if (!node.has(name)) {
			node.put(name, value);
		}
	}

	private static void absent(ObjectNode node, String name, boolean value) {
		if (!node.has(name)) {
			node.put(name, value);
		}
	}

	private static ObjectNode absent(ObjectNode node, String name, JsonNode value) {
		if (!node.has(name) && !value.isMissingNode()) {
			node.set(name, value);
		}
		return (node.get(name) instanceof ObjectNode object) ? object : Json.object();
	}

	static void dropNulls(JsonNode node) {
		if (node instanceof ObjectNode object) {
			for (Map.Entry<String, JsonNode> entry : new ArrayList<>(object.properties())) {
				if (entry.getValue().isNull()) {
					object.remove(entry.getKey());
				}
				else {
					dropNulls(entry.getValue());
				}
			}
		}
		else if (node instanceof ArrayNode array) {
			array.forEach(Defaults::dropNulls);
		}
	}

}
