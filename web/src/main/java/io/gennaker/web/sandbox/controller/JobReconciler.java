package io.gennaker.web.sandbox.controller;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Runs the pods of a Job until enough have succeeded or too many have failed.
 */
final class JobReconciler implements Reconciler {

	private final Cluster cluster;

	private final EventRecorder events;

	JobReconciler(Cluster cluster, EventRecorder events) {
		this.cluster = cluster;
		this.events = events;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode job) {
		boolean over = Conditions.holds(job, "Complete") || Conditions.holds(job, "Failed");
		if (Cluster.isEnding(job) || over || job.path("spec").path("suspend").asBoolean()) {
			return;
		}
		JsonNode spec = job.path("spec");
		List<ObjectNode> pods = this.cluster.controlled("Pod", job);
		int succeeded = inPhase(pods, "Succeeded");
		int failed = inPhase(pods, "Failed");
		int active = pods.size() - succeeded - failed;
		int completions = spec.path("completions").asInt(1);
		boolean done = succeeded >= completions;
		boolean lost = !done && failed > spec.path("backoffLimit").asInt(6);
		int more = Math.min(spec.path("parallelism").asInt(1) - active, completions - succeeded - active);
		for (int i = 0; !done && !lost && i < more; i++) {
			create(key, job);
			active++;
		}
		writeStatus(key, active, succeeded, failed, done, lost);
		if (done) {
			this.events.normal(job, "job-controller", "Completed", "Job completed");
		}
		if (lost) {
			this.events.warning(job, "job-controller", "BackoffLimitExceeded",
					"Job has reached the specified backoff limit");
		}
	}

	private void create(ObjectKey key, ObjectNode job) {
		String name = key.name() + "-" + PodTemplate.suffix(java.util.UUID.randomUUID().toString());
		ObjectNode pod = PodTemplate.pod(this.cluster, job, job.path("spec").path("template"), name);
		this.cluster.create(this.cluster.key("Pod", key.namespace(), name), pod);
		this.events.normal(job, "job-controller", "SuccessfulCreate", "Created pod: " + name);
	}

	private void writeStatus(ObjectKey key, int active, int succeeded, int failed, boolean done, boolean lost) {
		this.cluster.changeStatus(key, (status) -> {
			if (!status.has("startTime")) {
				status.put("startTime", Json.now());
			}
			status.put("active", (done || lost) ? 0 : active);
			status.put("succeeded", succeeded);
			status.put("failed", failed);
			status.put("ready", 0);
			if (done) {
				status.put("completionTime", Json.now());
				Conditions.set(status, "SuccessCriteriaMet", true, "CompletionsReached",
						"Reached expected number of succeeded pods");
				Conditions.set(status, "Complete", true, "CompletionsReached",
						"Reached expected number of succeeded pods");
			}
			if (lost) {
				Conditions.set(status, "FailureTarget", true, "BackoffLimitExceeded",
						"Job has reached the specified backoff limit");
				Conditions.set(status, "Failed", true, "BackoffLimitExceeded",
						"Job has reached the specified backoff limit");
			}
		});
	}

	private static int inPhase(List<ObjectNode> pods, String phase) {
		return (int) pods.stream().filter((pod) -> Json.text(pod, "status/phase").equals(phase)).count();
	}

}
