package io.gennaker.web.sandbox.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Rolls a Deployment from its old ReplicaSets to the new one, within its surge and its
 * unavailability.
 */
final class DeploymentReconciler implements Reconciler {

	private static final String HASH = "pod-template-hash";

	private static final String REVISION = "deployment.kubernetes.io/revision";

	private final Cluster cluster;

	private final EventRecorder events;

	DeploymentReconciler(Cluster cluster, EventRecorder events) {
		this.cluster = cluster;
		this.events = events;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode deployment) {
		if (Cluster.isEnding(deployment)) {
			return;
		}
		String hash = PodTemplate.hash(deployment.path("spec").path("template"));
		List<ObjectNode> sets = new ArrayList<>(this.cluster.controlled("ReplicaSet", deployment));
		boolean paused = deployment.path("spec").path("paused").asBoolean();
		if (!paused) {
			if (sets.stream().noneMatch((set) -> hash.equals(hashOf(set)))) {
				sets.add(createSet(deployment, hash, sets));
			}
			ObjectNode fresh = sets.stream().filter((set) -> hash.equals(hashOf(set))).findFirst().orElseThrow();
			sets.remove(fresh);
			keepRevision(key, fresh, sets);
			roll(deployment, fresh, sets);
			forgetHistory(deployment, sets);
		}
		writeStatus(key, deployment, hash);
	}

	private ObjectNode createSet(ObjectNode deployment, String hash, List<ObjectNode> sets) {
		String name = Json.text(deployment, "metadata/name") + "-" + hash;
		ObjectNode set = this.cluster.ownedBy(deployment, "ReplicaSet", name);
		JsonNode spec = deployment.path("spec");
		ObjectNode metadata = Json.child(set, "metadata");
		metadata.putObject("annotations").put(REVISION, Integer.toString(lastRevision(sets) + 1));
		ObjectNode setSpec = set.putObject("spec").put("replicas", 0);
		setSpec.set("selector", spec.path("selector").deepCopy());
		Json.child(Json.child(setSpec, "selector"), "matchLabels").put(HASH, hash);
		ObjectNode template = spec.path("template").deepCopy();
		setSpec.set("template", template);
		Json.child(Json.child(template, "metadata"), "labels").put(HASH, hash);
		metadata.set("labels", template.path("metadata").path("labels").deepCopy());
		return this.cluster.create(Cluster.key(this.cluster.type("ReplicaSet"), set), set);
	}

	/** A set that is rolled back to becomes the newest revision. */
	private void keepRevision(ObjectKey key, ObjectNode fresh, List<ObjectNode> old) {
		int revision = revisionOf(fresh);
		if (revision <= lastRevision(old)) {
			revision = lastRevision(old) + 1;
			String next = Integer.toString(revision);
			this.cluster.change(Cluster.key(this.cluster.type("ReplicaSet"), fresh),
					(set) -> Json.child(Json.child(set, "metadata"), "annotations").put(REVISION, next));
		}
		String now = Integer.toString(revision);
		this.cluster.change(key,
				(deployment) -> Json.child(Json.child(deployment, "metadata"), "annotations").put(REVISION, now));
	}

	private void roll(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
		JsonNode spec = deployment.path("spec");
		int wanted = spec.path("replicas").asInt(1);
		int present = replicas(fresh);
		int oldReplicas = old.stream().mapToInt(DeploymentReconciler::replicas).sum();
		if (spec.path("strategy").path("type").asText().equals("Recreate")) {
			old.forEach((set) -> scale(deployment, set, 0));
			boolean gone = old.stream().allMatch((set) -> this.cluster.controlled("Pod", set).isEmpty());
			scale(deployment, fresh, gone ? wanted : Math.min(present, wanted));
			return;
		}
		JsonNode rolling = spec.path("strategy").path("rollingUpdate");
		int surge = share(rolling.path("maxSurge"), wanted, true);
		int unavailable = share(rolling.path("maxUnavailable"), wanted, false);
		if (surge == 0 && unavailable == 0) {
			unavailable = 1;
		}
		if (present > wanted) {
			scale(deployment, fresh, wanted);
		}
		else if (present < wanted) {
			int room = wanted + surge - present - oldReplicas;
			scale(deployment, fresh, present + Math.max(0, Math.min(room, wanted - present)));
		}
		shrinkOld(deployment, fresh, old, wanted - unavailable);
	}

	/** Pods that do not serve anyway go first, then as many as others stand in for. */
	private void shrinkOld(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old, int minAvailable) {
		int freshAvailable = available(fresh);
		int oldReplicas = old.stream().mapToInt(DeploymentReconciler::replicas).sum();
		int oldAvailable = old.stream().mapToInt(DeploymentReconciler::available).sum();
		int freshReplicas = this.cluster.find(Cluster.key(this.cluster.type("ReplicaSet"), fresh))
			.map(DeploymentReconciler::replicas)
			.orElse(0);
		int mayGo = freshReplicas + oldReplicas - minAvailable - (freshReplicas - freshAvailable);
		int spare = Math.max(0, freshAvailable + oldAvailable - minAvailable);
		for (ObjectNode set : old) {
			int unhealthy = Math.max(0, Math.min(mayGo, replicas(set) - available(set)));
			int healthy = Math.max(0, Math.min(Math.min(mayGo - unhealthy, spare), available(set)));
			scale(deployment, set, replicas(set) - unhealthy - healthy);
			mayGo -= unhealthy + healthy;
			spare -= healthy;
		}
	}

	private void scale(ObjectNode deployment, ObjectNode set, int replicas) {
		int before = replicas(set);
		if (before == replicas) {
			return;
		}
		this.cluster.change(Cluster.key(this.cluster.type("ReplicaSet"), set),
				(changed) -> Json.child(changed, "spec").put("replicas", replicas));
		this.events.normal(deployment, "deployment-controller", "ScalingReplicaSet",
				"Scaled " + ((replicas > before) ? "up" : "down") + " replica set " + Json.text(set, "metadata/name")
						+ " from " + before + " to " + replicas);
	}

	private void forgetHistory(ObjectNode deployment, List<ObjectNode> old) {
		int limit = deployment.path("spec").path("revisionHistoryLimit").asInt(10);
		List<ObjectNode> idle = old.stream()
			.filter((set) -> replicas(set) == 0 && set.path("status").path("replicas").asInt() == 0)
			.sorted(Comparator.comparingInt(DeploymentReconciler::revisionOf))
			.toList();
		for (int i = 0; i < idle.size() - limit; i++) {
			this.cluster.delete(Cluster.key(this.cluster.type("ReplicaSet"), idle.get(i)));
		}
	}

	private void writeStatus(ObjectKey key, ObjectNode deployment, String hash) {
		List<ObjectNode> sets = this.cluster.controlled("ReplicaSet", deployment);
		int wanted = deployment.path("spec").path("replicas").asInt(1);
		int total = sum(sets, "replicas");
		int ready = sum(sets, "readyReplicas");
		int available = sum(sets, "availableReplicas");
		List<ObjectNode> fresh = sets.stream().filter((set) -> hash.equals(hashOf(set))).toList();
		int updated = sum(fresh, "replicas");
		int unavailable = share(deployment.path("spec").path("strategy").path("rollingUpdate").path("maxUnavailable"),
				wanted, false);
		boolean complete = updated == wanted && total == wanted && available == wanted;
		String freshName = fresh.isEmpty() ? "" : Json.text(fresh.getFirst(), "metadata/name");
		this.cluster.changeStatus(key, (status) -> {
			status.put("observedGeneration", deployment.path("metadata").path("generation").asLong());
			boolean moved = count(status, "replicas", total) | count(status, "updatedReplicas", updated)
					| count(status, "readyReplicas", ready) | count(status, "availableReplicas", available);
			count(status, "unavailableReplicas", Math.max(0, Math.max(total, wanted) - available));
			boolean enough = available >= wanted - unavailable;
			Conditions.set(status, "Available", enough,
					enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
					enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.");
			progress(key, deployment, status, freshName, complete, moved);
		});
	}

	private void progress(ObjectKey key, ObjectNode deployment, ObjectNode status, String set, boolean complete,
			boolean moved) {
		if (complete) {
			Conditions.set(status, "Progressing", true, "NewReplicaSetAvailable",
					"ReplicaSet \"" + set + "\" has successfully progressed.");
			return;
		}
		Instant last = lastProgress(status);
		Duration deadline = Duration.ofSeconds(deployment.path("spec").path("progressDeadlineSeconds").asLong(600));
		if (!moved && last.plus(deadline).isBefore(Instant.now()) && started(status)) {
			Conditions.set(status, "Progressing", false, "ProgressDeadlineExceeded",
					"ReplicaSet \"" + set + "\" has timed out progressing.");
			return;
		}
		Conditions.set(status, "Progressing", true, "ReplicaSetUpdated", "ReplicaSet \"" + set + "\" is progressing.");
		if (moved) {
			status.path("conditions").forEach((condition) -> {
				if (condition.path("type").asText().equals("Progressing")) {
					((ObjectNode) condition).put("lastUpdateTime", Json.now());
				}
			});
		}
		this.cluster.again(key, deadline.plusSeconds(1));
	}

	private static boolean started(ObjectNode status) {
		return status.path("conditions")
			.valueStream()
			.anyMatch((condition) -> condition.path("type").asText().equals("Progressing")
					&& !condition.path("reason").asText().equals("NewReplicaSetAvailable"));
	}

	private static Instant lastProgress(ObjectNode status) {
		return status.path("conditions")
			.valueStream()
			.filter((condition) -> condition.path("type").asText().equals("Progressing"))
			.map((condition) -> Instant.parse(condition.path("lastUpdateTime").asText()))
			.findFirst()
			.orElse(Instant.now());
	}

	/**
	 * Writes a count as the API does, which leaves out zeros; tells whether it is another
	 * one.
	 */
	private static boolean count(ObjectNode status, String name, int value) {
		boolean other = status.path(name).asInt() != value;
		if (value == 0) {
			status.remove(name);
		}
		else {
			status.put(name, value);
		}
		return other;
	}

	/** A number, or a percentage of the whole rounded up or down. */
	private static int share(JsonNode value, int whole, boolean up) {
		if (!value.isTextual()) {
			return value.asInt();
		}
		double part = Integer.parseInt(value.asText().replace("%", "")) * whole / 100.0;
		return (int) (up ? Math.ceil(part) : Math.floor(part));
	}

	private static int sum(List<ObjectNode> sets, String count) {
		return sets.stream().mapToInt((set) -> set.path("status").path(count).asInt()).sum();
	}

	private static int replicas(ObjectNode set) {
		return set.path("spec").path("replicas").asInt();
	}

	private static int available(ObjectNode set) {
		return set.path("status").path("availableReplicas").asInt();
	}

	private static String hashOf(ObjectNode set) {
		return set.path("metadata").path("labels").path(HASH).asText("");
	}

	private static int revisionOf(ObjectNode set) {
		return set.path("metadata").path("annotations").path(REVISION).asInt();
	}

	private static int lastRevision(List<ObjectNode> sets) {
		return sets.stream().mapToInt(DeploymentReconciler::revisionOf).max().orElse(0);
	}

}
