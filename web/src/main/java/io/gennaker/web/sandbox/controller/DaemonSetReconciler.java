package io.gennaker.web.sandbox.controller;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Keeps one pod of a DaemonSet on each node, and replaces them one after the other.
 */
final class DaemonSetReconciler implements Reconciler {

	private static final String HASH = "controller-revision-hash";

	private final Cluster cluster;

	DaemonSetReconciler(Cluster cluster) {
		this.cluster = cluster;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode set) {
		if (Cluster.isEnding(set)) {
			return;
		}
		String hash = PodTemplate.hash(set.path("spec").path("template"));
		List<String> nodes = this.cluster.list("Node", "")
			.stream()
			.map((node) -> Json.text(node, "metadata/name"))
			.toList();
		for (String node : nodes) {
			if (podOn(set, node).isEmpty()) {
				create(key, set, node, hash);
			}
		}
		List<ObjectNode> pods = this.cluster.controlled("Pod", set);
		boolean rolling = set.path("spec").path("updateStrategy").path("type").asText().equals("RollingUpdate");
		// An old pod that does not serve may go at once; of those that serve, one at a
		// time.
		boolean calm = pods.stream().allMatch((pod) -> !Cluster.isEnding(pod) && Conditions.holds(pod, "Ready"));
		pods.stream()
			.filter((pod) -> rolling && !hashOf(pod).equals(hash) && !Cluster.isEnding(pod))
			.filter((pod) -> calm || !Conditions.holds(pod, "Ready"))
			.findFirst()
			.ifPresent((pod) -> this.cluster.delete(Cluster.key(this.cluster.type("Pod"), pod)));
		writeStatus(key, set, nodes.size(), hash);
	}

	private Optional<ObjectNode> podOn(ObjectNode set, String node) {
		return this.cluster.controlled("Pod", set)
			.stream()
			.filter((pod) -> Json.text(pod, "spec/nodeName").equals(node))
			.findFirst();
	}

	private void create(ObjectKey key, ObjectNode set, String node, String hash) {
		String name = key.name() + "-" + PodTemplate.suffix(java.util.UUID.randomUUID().toString());
		ObjectNode pod = PodTemplate.pod(this.cluster, set, set.path("spec").path("template"), name);
		Json.child(pod, "spec").put("nodeName", node);
		Json.child(Json.child(pod, "metadata"), "labels").put(HASH, hash);
		this.cluster.create(this.cluster.key("Pod", key.namespace(), name), pod);
	}

	private void writeStatus(ObjectKey key, ObjectNode set, int nodes, String hash) {
		List<ObjectNode> pods = this.cluster.controlled("Pod", set);
		int ready = (int) pods.stream()
			.filter((pod) -> !Cluster.isEnding(pod) && Conditions.holds(pod, "Ready"))
			.count();
		int updated = (int) pods.stream().filter((pod) -> hashOf(pod).equals(hash)).count();
		this.cluster.changeStatus(key, (status) -> {
			status.put("observedGeneration", set.path("metadata").path("generation").asLong());
			status.put("desiredNumberScheduled", nodes);
			status.put("currentNumberScheduled", pods.size());
			status.put("updatedNumberScheduled", updated);
			status.put("numberReady", ready);
			status.put("numberAvailable", ready);
			status.put("numberMisscheduled", 0);
			if (ready < nodes) {
				status.put("numberUnavailable", nodes - ready);
			}
			else {
				status.remove("numberUnavailable");
			}
		});
	}

	private static String hashOf(ObjectNode pod) {
		return pod.path("metadata").path("labels").path(HASH).asText("");
	}

}
