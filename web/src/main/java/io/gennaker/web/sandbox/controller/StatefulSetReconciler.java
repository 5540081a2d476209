package io.gennaker.web.sandbox.controller;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Keeps the numbered pods of a StatefulSet: made from the first on, each when the one
 * before is ready, replaced from the last on. As in a real cluster, a pod that never gets
 * ready holds up the ones behind it, and a later revision too, until someone deletes it.
 */
final class StatefulSetReconciler implements Reconciler {

	private static final String HASH = "controller-revision-hash";

	private final Cluster cluster;

	private final EventRecorder events;

	StatefulSetReconciler(Cluster cluster, EventRecorder events) {
		this.cluster = cluster;
		this.events = events;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode set) {
		if (Cluster.isEnding(set)) {
			return;
		}
		String revision = key.name() + "-" + PodTemplate.hash(set.path("spec").path("template"));
		String current = set.path("status").path("currentRevision").asText(revision);
		step(key, set, revision);
		writeStatus(key, set, current, revision);
	}

	private void step(ObjectKey key, ObjectNode set, String revision) {
		JsonNode spec = set.path("spec");
		int wanted = spec.path("replicas").asInt(1);
		boolean ordered = !spec.path("podManagementPolicy").asText().equals("Parallel");
		for (int i = 0; i < wanted; i++) {
			Optional<ObjectNode> pod = pod(key, i);
			if (pod.isEmpty()) {
				create(key, set, i, revision);
			}
			boolean settled = pod.filter((one) -> !Cluster.isEnding(one) && Conditions.holds(one, "Ready")).isPresent();
			if (ordered && !settled) {
				return;
			}
		}
		List<ObjectNode> pods = this.cluster.controlled("Pod", set);
		for (ObjectNode pod : pods) {
			if (ordinal(pod) >= wanted) {
				delete(set, pod);
			}
		}
		if (spec.path("updateStrategy").path("type").asText("RollingUpdate").equals("RollingUpdate")) {
			replaceOne(key, set, wanted, revision);
		}
	}

	private void replaceOne(ObjectKey key, ObjectNode set, int wanted, String revision) {
		int partition = set.path("spec").path("updateStrategy").path("rollingUpdate").path("partition").asInt();
		for (int i = wanted - 1; i >= partition; i--) {
			ObjectNode pod = pod(key, i).orElse(null);
			if (pod == null || Cluster.isEnding(pod)) {
				return;
			}
			if (!revisionOf(pod).equals(revision)) {
				delete(set, pod);
				return;
			}
			if (!Conditions.holds(pod, "Ready")) {
				return;
			}
		}
	}

	private void create(ObjectKey key, ObjectNode set, int ordinal, String revision) {
		String name = key.name() + "-" + ordinal;
		ObjectNode pod = PodTemplate.pod(this.cluster, set, set.path("spec").path("template"), name);
		Json.child(Json.child(pod, "metadata"), "labels")
			.put(HASH, revision)
			.put("statefulset.kubernetes.io/pod-name", name)
			.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
		this.cluster.create(this.cluster.key("Pod", key.namespace(), name), pod);
		this.events.normal(set, "statefulset-controller", "SuccessfulCreate",
				"create Pod " + name + " in StatefulSet " + key.name() + " successful");
	}

	private void delete(ObjectNode set, ObjectNode pod) {
		if (!Cluster.isEnding(pod)) {
			this.cluster.delete(Cluster.key(this.cluster.type("Pod"), pod));
			this.events.normal(set, "statefulset-controller", "SuccessfulDelete",
					"delete Pod " + Json.text(pod, "metadata/name") + " in StatefulSet "
							+ Json.text(set, "metadata/name") + " successful");
		}
	}

	private void writeStatus(ObjectKey key, ObjectNode set, String current, String revision) {
		List<ObjectNode> pods = this.cluster.controlled("Pod", set);
		List<ObjectNode> ready = pods.stream()
			.filter((pod) -> !Cluster.isEnding(pod) && Conditions.holds(pod, "Ready"))
			.toList();
		int updated = (int) pods.stream().filter((pod) -> revisionOf(pod).equals(revision)).count();
		int updatedReady = (int) ready.stream().filter((pod) -> revisionOf(pod).equals(revision)).count();
		boolean complete = updatedReady == set.path("spec").path("replicas").asInt(1) && updated == pods.size();
		this.cluster.changeStatus(key, (status) -> {
			status.put("observedGeneration", set.path("metadata").path("generation").asLong());
			status.put("replicas", pods.size());
			status.put("readyReplicas", ready.size());
			status.put("availableReplicas", ready.size());
			status.put("updatedReplicas", updated);
			status.put("currentReplicas",
					complete ? updated : (int) pods.stream().filter((pod) -> revisionOf(pod).equals(current)).count());
			status.put("currentRevision", complete ? revision : current);
			status.put("updateRevision", revision);
			status.put("collisionCount", 0);
		});
	}

	private Optional<ObjectNode> pod(ObjectKey key, int ordinal) {
		return this.cluster.find(this.cluster.key("Pod", key.namespace(), key.name() + "-" + ordinal));
	}

	private static int ordinal(ObjectNode pod) {
		String name = Json.text(pod, "metadata/name");
		return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
	}

	private static String revisionOf(ObjectNode pod) {
		return pod.path("metadata").path("labels").path(HASH).asText("");
	}

}
