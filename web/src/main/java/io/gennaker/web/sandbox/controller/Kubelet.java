package io.gennaker.web.sandbox.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Puts pods on nodes and lets them live as their images' tags say: {@code -slow},
 * {@code -missing}, {@code -crash}, or well.
 */
final class Kubelet implements Reconciler {

	private static final String NAME = "kubelet";

	private final Cluster cluster;

	private final EventRecorder events;

	private final ImageSource images;

	private final Pace pace;

	/**
	 * When something of a pod began, by its uid: finer than the seconds in its status.
	 */
	private final Map<String, Instant> since = new HashMap<>();

	Kubelet(Cluster cluster, EventRecorder events, ImageSource images, Pace pace) {
		this.cluster = cluster;
		this.events = events;
		this.images = images;
		this.pace = pace;
	}

	@Override
	public void reconcile(ObjectKey key, ObjectNode pod) {
		if (Cluster.isEnding(pod)) {
			if (passed(key, pod, "stop", this.pace.stop())) {
				this.since.keySet().removeIf((one) -> one.startsWith(Cluster.uid(pod)));
				this.cluster.delete(key, 0);
			}
			return;
		}
		String phase = Json.text(pod, "status/phase");
		if (phase.equals("Succeeded") || phase.equals("Failed")) {
			return;
		}
		if (!Conditions.holds(pod, "PodScheduled")) {
			schedule(key, pod);
			return;
		}
		String missing = containers(pod).stream()
			.map((container) -> container.path("image").asText())
			.filter(this::isMissing)
			.findFirst()
			.orElse("");
		if (!missing.isEmpty()) {
			backOffPulling(key, pod, missing);
		}
		else if (hasWord(pod, "-crash")) {
			crash(key, pod);
		}
		else {
			start(key, pod, phase);
		}
	}

	/** What a container wrote. */
	static String log(JsonNode pod, String container) {
		String shown = container.isEmpty() ? pod.path("spec").path("containers").path(0).path("name").asText()
				: container;
		String image = pod.path("spec")
			.path("containers")
			.valueStream()
			.filter((one) -> one.path("name").asText().equals(shown))
			.map((one) -> one.path("image").asText())
			.findFirst()
			.orElse("");
		String started = Json.text(pod, "status/startTime");
		if (tag(image).contains("-missing") || started.isEmpty()) {
			return "";
		}
		String lines = started + " INFO starting " + shown + " from " + image + "\n";
		return lines + (tag(image).contains("-crash")
				? started + " ERROR cannot read configuration: key \"database.url\" is not set\n" + started
						+ " FATAL exiting with code 1\n"
				: started + " INFO listening\n");
	}

	private void schedule(ObjectKey key, ObjectNode pod) {
		List<ObjectNode> nodes = this.cluster.list("Node", "");
		String chosen = Json.text(pod, "spec/nodeName");
		if (chosen.isEmpty()) {
			chosen = Json.text(nodes.get(Math.floorMod(Cluster.uid(pod).hashCode(), nodes.size())), "metadata/name");
		}
		String node = chosen;
		this.cluster.change(key, (bound) -> Json.child(bound, "spec").put("nodeName", node));
		this.cluster.changeStatus(key, (status) -> {
			Conditions.set(status, "PodScheduled", true, "", "");
			Conditions.set(status, "Initialized", true, "", "");
			status.put("qosClass", "BestEffort").put("startTime", Json.now());
			notReady(pod, status);
			containerStatuses(pod, status, (container, one) -> waiting(one, "ContainerCreating", ""));
		});
		this.events.normal(pod, "default-scheduler", "Scheduled",
				"Successfully assigned " + key.namespace() + "/" + key.name() + " to " + node);
	}

	private void start(ObjectKey key, ObjectNode pod, String phase) {
		boolean ofJob = isOfJob(pod);
		if (phase.equals("Pending")) {
			Duration delay = hasWord(pod, "-slow") ? this.pace.slowStart() : this.pace.startOf(Cluster.uid(pod));
			if (!passed(key, pod, "start", delay)) {
				return;
			}
			this.cluster.changeStatus(key, (status) -> {
				status.put("phase", "Running");
				addresses(pod, status);
				Conditions.set(status, "ContainersReady", true, "", "");
				Conditions.set(status, "Ready", true, "", "");
				containerStatuses(pod, status, (container, one) -> {
					one.put("ready", true).put("started", true);
					one.putObject("state").putObject("running").put("startedAt", Json.now());
				});
			});
			this.events.normal(pod, NAME, "Started", "Started container "
					+ String.join(", ", containers(pod).stream().map((one) -> one.path("name").asText()).toList()));
		}
		else if (ofJob && passed(key, pod, "run", this.pace.run())) {
			finish(key, pod, "Succeeded", 0, "Completed");
		}
	}

	private void finish(ObjectKey key, ObjectNode pod, String phase, int code, String reason) {
		this.cluster.changeStatus(key, (status) -> {
			status.put("phase", phase);
			addresses(pod, status);
			Conditions.set(status, "Ready", false, code == 0 ? "PodCompleted" : "PodFailed", "");
			Conditions.set(status, "ContainersReady", false, code == 0 ? "PodCompleted" : "PodFailed", "");
			containerStatuses(pod, status, (container, one) -> terminated(one.putObject("state"), code, reason));
		});
	}

	private void crash(ObjectKey key, ObjectNode pod) {
		int restarts = pod.path("status").path("containerStatuses").path(0).path("restartCount").asInt();
		boolean crashed = Json.text(pod, "status/phase").equals("Running");
		Duration wait = crashed ? this.pace.backoffAfter(restarts) : this.pace.startOf(Cluster.uid(pod));
		if (!passed(key, pod, "crash" + restarts + crashed, wait)) {
			return;
		}
		if (isOfJob(pod)) {
			finish(key, pod, "Failed", 1, "Error");
			return;
		}
		int now = crashed ? restarts + 1 : restarts;
		String backoff = "back-off " + this.pace.backoffAfter(now).toSeconds() + "s restarting failed container";
		this.cluster.changeStatus(key, (status) -> {
			status.put("phase", "Running");
			addresses(pod, status);
			notReady(pod, status);
			containerStatuses(pod, status, (container, one) -> {
				boolean failing = tag(container.path("image").asText()).contains("-crash");
				one.put("ready", !failing).put("started", !failing);
				if (failing) {
					one.put("restartCount", now);
					waiting(one, "CrashLoopBackOff", backoff + "=" + container.path("name").asText() + " pod="
							+ key.name() + "_" + key.namespace() + "(" + Cluster.uid(pod) + ")");
					terminated(one.putObject("lastState"), 1, "Error");
				}
				else {
					one.putObject("state").putObject("running").put("startedAt", Json.now());
				}
			});
		});
		this.events.warning(pod, NAME, "BackOff", "Back-off restarting failed container in pod " + key.name() + "_"
				+ key.namespace() + "(" + Cluster.uid(pod) + ")");
		// The next restart comes without any change from outside.
		passed(key, pod, "crash" + now + true, this.pace.backoffAfter(now));
	}

	private void backOffPulling(ObjectKey key, ObjectNode pod, String missing) {
		String error = "failed to pull and unpack image \"" + missing + "\": failed to resolve reference \"" + missing
				+ "\": " + missing + ": not found";
		boolean tried = pod.path("status")
			.path("containerStatuses")
			.valueStream()
			.anyMatch((one) -> Json.text(one, "state/waiting/reason").equals("ErrImagePull"));
		if (!tried && alreadyBackingOff(pod)) {
			// The image may be pushed later: look again every now and then.
			if (passed(key, pod, "pull", this.pace.backoffAfter(1))) {
				this.since.remove(Cluster.uid(pod) + "/pull");
				passed(key, pod, "pull", this.pace.backoffAfter(1));
			}
			return;
		}
		if (tried && !passed(key, pod, "tried", this.pace.start())) {
			return;
		}
		String reason = tried ? "ImagePullBackOff" : "ErrImagePull";
		this.cluster.changeStatus(key, (status) -> {
			notReady(pod, status);
			containerStatuses(pod, status, (container, one) -> {
				String image = container.path("image").asText();
				if (isMissing(image)) {
					waiting(one, reason,
							tried ? "Back-off pulling image \"" + image + "\": ErrImagePull: " + error : error);
				}
			});
		});
		if (tried) {
			this.events.normal(pod, NAME, "BackOff", "Back-off pulling image \"" + missing + "\"");
		}
		else {
			this.events.warning(pod, NAME, "Failed", "Failed to pull image \"" + missing + "\": " + error);
		}
	}

	private static boolean alreadyBackingOff(ObjectNode pod) {
		return pod.path("status")
			.path("containerStatuses")
			.valueStream()
			.anyMatch((one) -> Json.text(one, "state/waiting/reason").equals("ImagePullBackOff"));
	}

	/**
	 * Whether that much time has passed since this was asked first; else asks again then.
	 */
	private boolean passed(ObjectKey key, ObjectNode pod, String what, Duration wait) {
		Instant began = this.since.computeIfAbsent(Cluster.uid(pod) + "/" + what, (one) -> Instant.now());
		Duration left = Duration.between(Instant.now(), began.plus(wait));
		if (left.isPositive()) {
			this.cluster.again(key, left);
			return false;
		}
		return true;
	}

	private boolean isMissing(String image) {
		return tag(image).contains("-missing") || !this.images.holds(image);
	}

	private static boolean hasWord(ObjectNode pod, String word) {
		return containers(pod).stream().anyMatch((container) -> tag(container.path("image").asText()).contains(word));
	}

	private static String tag(String image) {
		String last = image.substring(image.lastIndexOf('/') + 1).split("@")[0];
		int colon = last.indexOf(':');
		return (colon < 0) ? "" : last.substring(colon + 1);
	}

	private static List<JsonNode> containers(ObjectNode pod) {
		return pod.path("spec").path("containers").valueStream().toList();
	}

	private static boolean isOfJob(ObjectNode pod) {
		return pod.path("metadata")
			.path("ownerReferences")
			.valueStream()
			.anyMatch((owner) -> owner.path("kind").asText().equals("Job"));
	}

	private static void notReady(ObjectNode pod, ObjectNode status) {
		String message = "containers with unready status: ["
				+ String.join(" ", containers(pod).stream().map((one) -> one.path("name").asText()).toList()) + "]";
		Conditions.set(status, "Ready", false, "ContainersNotReady", message);
		Conditions.set(status, "ContainersReady", false, "ContainersNotReady", message);
	}

	private static void addresses(ObjectNode pod, ObjectNode status) {
		int hash = Cluster.uid(pod).hashCode();
		status.put("hostIP", "10.0.0." + (1 + (Json.text(pod, "spec/nodeName").hashCode() & 0x7f)));
		status.put("podIP", "10.244." + (hash >>> 8 & 0xff) + "." + Math.max(2, hash & 0xff));
	}

	private static void containerStatuses(ObjectNode pod, ObjectNode status,
			BiConsumer<JsonNode, ObjectNode> describe) {
		ArrayNode statuses = (status.get("containerStatuses") instanceof ArrayNode present) ? present
				: status.putArray("containerStatuses");
		for (JsonNode container : containers(pod)) {
			ObjectNode one = (ObjectNode) statuses.valueStream()
				.filter((known) -> known.path("name").equals(container.path("name")))
				.findFirst()
				.orElseGet(() -> statuses.addObject()
					.put("name", container.path("name").asText())
					.put("image", container.path("image").asText())
					.put("imageID", imageId(container.path("image").asText()))
					.put("ready", false)
					.put("started", false)
					.put("restartCount", 0));
			describe.accept(container, one);
		}
	}

	private static String imageId(String image) {
		int at = image.indexOf('@');
		return (at < 0) ? "" : image;
	}

	private static void waiting(ObjectNode container, String reason, String message) {
		ObjectNode waiting = container.putObject("state").putObject("waiting").put("reason", reason);
		if (!message.isEmpty()) {
			waiting.put("message", message);
		}
	}

	private static void terminated(ObjectNode state, int code, String reason) {
		state.putObject("terminated")
			.put("exitCode", code)
			.put("reason", reason)
			.put("startedAt", Json.now())
			.put("finishedAt", Json.now());
	}

}
