package io.gennaker.web.sandbox.controller;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;
import io.gennaker.web.sandbox.apiserver.Selector;

/**
 * The statuses of kinds that no pods come from.
 */
final class PlainStatus {

	private final Cluster cluster;

	PlainStatus(Cluster cluster) {
		this.cluster = cluster;
	}

	void budget(ObjectKey key, ObjectNode budget) {
		Selector selector = Selector.ofLabels(budget.path("spec").path("selector"));
		List<ObjectNode> pods = this.cluster.list("Pod", key.namespace())
			.stream()
			.filter((pod) -> selector.matches(pod) && !Cluster.isEnding(pod))
			.toList();
		int healthy = (int) pods.stream().filter((pod) -> Conditions.holds(pod, "Ready")).count();
		JsonNode spec = budget.path("spec");
		int desired = spec.has("minAvailable") ? amount(spec.path("minAvailable"), pods.size())
				: pods.size() - amount(spec.path("maxUnavailable"), pods.size());
		this.cluster.changeStatus(key, (status) -> {
			int allowed = Math.max(0, healthy - desired);
			status.put("observedGeneration", budget.path("metadata").path("generation").asLong());
			status.put("currentHealthy", healthy).put("desiredHealthy", desired);
			status.put("expectedPods", pods.size()).put("disruptionsAllowed", allowed);
			Conditions.set(status, "DisruptionAllowed", allowed > 0,
					(allowed > 0) ? "SufficientPods" : "InsufficientPods", "");
		});
	}

	void autoscaler(ObjectKey key, ObjectNode autoscaler) {
		JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
		int replicas = List.of("Deployment", "StatefulSet", "ReplicaSet").contains(target.path("kind").asText())
				? this.cluster
					.find(this.cluster.key(target.path("kind").asText(), key.namespace(), target.path("name").asText()))
					.map((workload) -> workload.path("spec").path("replicas").asInt())
					.orElse(0)
				: 0;
		boolean found = replicas > 0;
		this.cluster.changeStatus(key, (status) -> {
			status.put("currentReplicas", replicas).put("desiredReplicas", replicas);
			Conditions.set(status, "AbleToScale", found, found ? "ReadyForNewScale" : "FailedGetScale",
					found ? "recommended size matches current size"
							: "the HPA controller was unable to get the target's" + " current scale");
			Conditions.set(status, "ScalingActive", false, "FailedGetResourceMetric",
					"the sandbox has no metrics: the number of replicas stays as it is");
		});
	}

	void claim(ObjectKey key, ObjectNode claim) {
		this.cluster.changeStatus(key, (status) -> {
			status.put("phase", "Bound");
			status.set("accessModes", claim.path("spec").path("accessModes").deepCopy());
			status.set("capacity", claim.path("spec").path("resources").path("requests").deepCopy());
		});
	}

	void ingress(ObjectKey key) {
		this.cluster.changeStatus(key, (status) -> Json.child(status, "loadBalancer"));
	}

	void service(ObjectKey key, ObjectNode service) {
		if (Json.text(service, "spec/type").equals("LoadBalancer")) {
			this.cluster.changeStatus(key,
					(status) -> Json.child(status, "loadBalancer")
						.putArray("ingress")
						.addObject()
						.put("ip", Json.text(service, "spec/clusterIP").replaceFirst("^10\\.96", "192.0")));
		}
	}

	private static int amount(JsonNode value, int whole) {
		return value.isTextual() ? (int) Math.ceil(Integer.parseInt(value.asText().replace("%", "")) * whole / 100.0)
				: value.asInt();
	}

}
