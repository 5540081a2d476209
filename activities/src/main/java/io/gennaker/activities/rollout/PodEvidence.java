package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.Pod;
import io.gennaker.activities.rollout.health.KubeletWords;
import io.gennaker.activities.rollout.health.Trouble;

/**
 * What a pod's events and its containers' last lines say, bounded and without the
 * release's secrets.
 */
final class PodEvidence {

	private static final int MAX_EVENTS = 5;

	private static final int MAX_EVENT = 500;

	private final ApiServer server;

	private final RolloutSettings settings;

	private final SecretMask mask;

	PodEvidence(ApiServer server, RolloutSettings settings, SecretMask mask) {
		this.server = server;
		this.settings = settings;
		this.mask = mask;
	}

	/**
	 * Events and log lines for people, in lines of their own.
	 * @param container the container to read the log of; empty for the pod's first
	 * @param ended whether that container's previous run is the telling one
	 */
	String of(Pod pod, String container, boolean ended) {
		try {
			return this.mask.mask(String.join("\n", sections(pod, container, ended)));
		}
		catch (ApiOutage ex) {
			return "Its events and log cannot be read: " + ex.getMessage();
		}
	}

	private List<String> sections(Pod pod, String container, boolean ended) {
		List<String> sections = new ArrayList<>();
		List<String> events = events(pod);
		if (!events.isEmpty()) {
			sections.add("Events of pod " + pod.getMetadata().getName() + ":\n  " + String.join("\n  ", events));
		}
		String name = container.isEmpty() ? firstContainer(pod) : container;
		lastEnd(pod, name).ifPresent(sections::add);
		sections.add(log(pod, name, ended));
		return sections;
	}

	/** Said where the pod runs again: else its state says so. */
	private static Optional<String> lastEnd(Pod pod, String container) {
		if (pod.getStatus() == null) {
			return Optional.empty();
		}
		return Stream.of(pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
			.filter(Objects::nonNull)
			.flatMap(List::stream)
			.filter((status) -> container.equals(status.getName()))
			.findFirst()
			.flatMap((status) -> KubeletWords.lastEnd(pod, status))
			.map((end) -> "The last run of container " + container + " ended with " + end);
	}

	/**
	 * The evidence behind a trouble.
	 */
	String of(Pod pod, Trouble trouble) {
		return of(pod, trouble.container(), trouble.ended());
	}

	private static String firstContainer(Pod pod) {
		List<Container> containers = pod.getSpec().getContainers();
		return containers.isEmpty() ? "" : containers.getFirst().getName();
	}

	private List<String> events(Pod pod) {
		try {
			Optional<String> body = this.server.get("read events",
					"api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/events",
					Map.of("fieldSelector", "involvedObject.name=" + pod.getMetadata().getName(), "limit", "100"));
			return body
				.map((json) -> this.server.client().getKubernetesSerialization().unmarshal(json, EventList.class))
				.map(EventList::getItems)
				.orElse(List.of())
				.stream()
				.sorted(Comparator.comparing(GroupWatch::time).reversed())
				.limit(MAX_EVENTS)
				.map(PodEvidence::line)
				.toList();
		}
		catch (ApiRefusal ex) {
			return List.of("cannot be read: " + ex.getMessage());
		}
	}

	private static String line(Event event) {
		String count = (event.getCount() != null && event.getCount() > 1) ? " (" + event.getCount() + " times)" : "";
		String message = (event.getMessage() != null)
				? KubeletWords.brief(event.getMessage().strip().replace('\n', ' ')) : "";
		String bounded = (message.length() > MAX_EVENT) ? message.substring(0, MAX_EVENT) + " …" : message;
		return event.getType() + " " + event.getReason() + count + ": " + bounded;
	}

	private String log(Pod pod, String container, boolean previous) {
		try {
			String text = read(pod, container, previous);
			if (text.isBlank() && previous) {
				text = read(pod, container, false);
			}
			return text.isBlank() ? "Container " + container + " has logged nothing."
					: "Last lines of container " + container + ":\n" + text.strip().indent(2).stripTrailing();
		}
		catch (ApiRefusal | ApiOutage ex) {
			return "The log of container " + container + " cannot be read: " + ex.getMessage();
		}
	}

	private String read(Pod pod, String container, boolean previous) {
		String path = "api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName()
				+ "/log";
		String text = this.server
			.get("read the log", path, Map.of("container", container, "previous", String.valueOf(previous), "tailLines",
					String.valueOf(this.settings.logLines()), "limitBytes", String.valueOf(this.settings.logBytes())))
			.orElse("");
		return (text.length() > this.settings.logBytes()) ? text.substring(text.length() - this.settings.logBytes())
				: text;
	}

}
