package io.gennaker.web.sandbox.controller;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Writes what happened to objects as Events, the same one again with a higher count.
 */
final class EventRecorder {

	private static final Duration KEPT = Duration.ofHours(1);

	private final Cluster cluster;

	EventRecorder(Cluster cluster) {
		this.cluster = cluster;
	}

	void normal(ObjectNode about, String component, String reason, String message) {
		record(about, component, "Normal", reason, message);
	}

	void warning(ObjectNode about, String component, String reason, String message) {
		record(about, component, "Warning", reason, message);
	}

	/** Forgets what happened more than an hour ago. */
	void sweep() {
		Instant limit = Instant.now().minus(KEPT);
		for (ObjectNode event : this.cluster.list("Event", "")) {
			if (Instant.parse(Json.text(event, "lastTimestamp")).isBefore(limit)) {
				this.cluster.delete(Cluster.key(this.cluster.type("Event"), event));
			}
		}
	}

	private void record(ObjectNode about, String component, String type, String reason, String message) {
		String name = Json.text(about, "metadata/name") + "."
				+ PodTemplate.hash(Json.array().add(Cluster.uid(about)).add(reason).add(message));
		ObjectKey key = this.cluster.key("Event", Json.text(about, "metadata/namespace"), name);
		if (this.cluster.find(key).isPresent()) {
			this.cluster.change(key,
					(event) -> event.put("count", event.path("count").asInt() + 1).put("lastTimestamp", Json.now()));
			return;
		}
		if (this.cluster.find(this.cluster.key("Namespace", "", key.namespace()))
			.filter(Cluster::isEnding)
			.isPresent()) {
			return;
		}
		ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
		event.putObject("metadata").put("name", name).put("namespace", key.namespace());
		event.putObject("involvedObject")
			.put("apiVersion", Json.text(about, "apiVersion"))
			.put("kind", Json.text(about, "kind"))
			.put("name", Json.text(about, "metadata/name"))
			.put("namespace", key.namespace())
			.put("uid", Cluster.uid(about));
		event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
		event.put("firstTimestamp", Json.now()).put("lastTimestamp", Json.now());
		event.putObject("source").put("component", component);
		event.put("reportingComponent", component).put("reportingInstance", "");
		this.cluster.create(key, event);
	}

}
