package io.gennaker.web.sandbox.controller;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Keeps as many pods of a ReplicaSet as it wants.
 */
final class ReplicaSetReconciler implements Reconciler {

	private final Cluster cluster;

	private final EventRecorder events;

	ReplicaSetReconciler(Cluster cluster, EventRecorder events) {
		this.cluster = cluster;
		this.events = events;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode set) {
		if (Cluster.isEnding(set)) {
			return;
		}
		List<ObjectNode> pods = active(set);
		int wanted = set.path("spec").path("replicas").asInt();
		for (int i = pods.size(); i < wanted; i++) {
			String name = key.name() + "-" + PodTemplate.suffix(java.util.UUID.randomUUID().toString());
			ObjectNode pod = PodTemplate.pod(this.cluster, set, set.path("spec").path("template"), name);
			this.cluster.create(this.cluster.key("Pod", key.namespace(), name), pod);
			this.events.normal(set, "replicaset-controller", "SuccessfulCreate", "Created pod: " + name);
		}
		pods.stream()
			.sorted(Comparator.comparing((ObjectNode pod) -> Conditions.holds(pod, "Ready")))
			.limit(Math.max(0, pods.size() - wanted))
			.forEach((pod) -> {
				this.cluster.delete(Cluster.key(this.cluster.type("Pod"), pod));
				this.events.normal(set, "replicaset-controller", "SuccessfulDelete",
						"Deleted pod: " + Json.text(pod, "metadata/name"));
			});
		writeStatus(key, set);
	}

	private void writeStatus(ObjectKey key, ObjectNode set) {
		List<ObjectNode> pods = active(set);
		int ready = (int) pods.stream().filter((pod) -> Conditions.holds(pod, "Ready")).count();
		this.cluster.changeStatus(key, (status) -> {
			status.put("observedGeneration", set.path("metadata").path("generation").asLong());
			status.put("replicas", pods.size());
			status.put("fullyLabeledReplicas", pods.size());
			status.put("readyReplicas", ready);
			status.put("availableReplicas", ready);
		});
	}

	private List<ObjectNode> active(ObjectNode set) {
		return this.cluster.controlled("Pod", set).stream().filter((pod) -> !Cluster.isEnding(pod)).toList();
	}

}
