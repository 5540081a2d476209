package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;

/**
 * The last lines that the pods of a Job logged, in the order in which they ran.
 */
final class JobLog {

	private static final ApiKind PODS = new ApiKind("", "v1", "Pod", "pods", true);

	private static final int MOST_LINES = 1000;

	private static final int MOST_BYTES = 4 * JobLogs.MOST_CHARACTERS;

	private static final int MOST_PODS = 20;

	private final ApiServer server;

	private final PlacedObject job;

	JobLog(ApiServer server, PlacedObject job) {
		this.server = server;
		this.job = job;
	}

	/**
	 * Reads; empty where nothing ran.
	 * @throws ApiRefusal if the cluster does not let Gennaker see the pods
	 */
	String read() {
		Optional<Manifest> live = this.server.get(this.job.kind(), this.job.manifest()).map(Manifest::new);
		String selector = live.map((job) -> job.at("spec", "selector", "matchLabels"))
			.map((labels) -> ((Map<?, ?>) labels).entrySet()
				.stream()
				.map((label) -> label.getKey() + "=" + label.getValue())
				.collect(Collectors.joining(",")))
			.orElse("");
		if (selector.isEmpty()) {
			return "";
		}
		List<Manifest> pods = new ArrayList<>(this.server.list(PODS, this.job.namespace(), selector));
		pods.sort(Comparator.comparing((pod) -> pod.text("metadata", "creationTimestamp")));
		List<String> texts = new ArrayList<>();
		for (Manifest pod : pods.subList(Math.max(0, pods.size() - MOST_PODS), pods.size())) {
			for (String list : List.of("initContainers", "containers")) {
				pod.maps("spec", list).forEach((container) -> texts.add(section(pod, container.text("name"))));
			}
		}
		return String.join("\n", texts);
	}

	private String section(Manifest pod, String container) {
		String head = "pod " + pod.name() + ", container " + container + ":\n";
		try {
			String text = this.server
				.get("read the log", PODS.path(this.job.namespace()) + "/" + pod.name() + "/log", Map.of("container",
						container, "tailLines", String.valueOf(MOST_LINES), "limitBytes", String.valueOf(MOST_BYTES)))
				.orElse("");
			return head + (text.isBlank() ? "(nothing)\n" : text);
		}
		catch (ApiRefusal ex) {
			return head + "(" + ex.words() + ")\n";
		}
	}

}
