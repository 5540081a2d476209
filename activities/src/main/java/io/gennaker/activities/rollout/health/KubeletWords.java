package io.gennaker.activities.rollout.health;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * What a node's agent says, without what it says twice. Each layer that an image is
 * pulled through repeats its whole name.
 */
public final class KubeletWords {

	private static final Pattern IMAGE = Pattern.compile("image:? \"([^\"\\s]+)\"");

	private static final Pattern WRAPPED = Pattern
		.compile("rpc error: code = \\w+ desc = |[Ff]ailed to [a-z ]+ \"[^\"]*\": ");

	/** Of a container in a crash loop, whose name and pod are told anyway. */
	private static final Pattern CONTAINER = Pattern.compile(" container=\\S+ pod=\\S+");

	private static final int LONGEST_MESSAGE = 300;

	private KubeletWords() {
	}

	/**
	 * A message that names an image once.
	 */
	public static String brief(String message) {
		String words = CONTAINER.matcher(message).replaceAll(" container");
		Matcher image = IMAGE.matcher(words);
		if (!image.find()) {
			return words;
		}
		String name = Pattern.quote(image.group(1));
		String rest = WRAPPED.matcher(words.substring(image.end())).replaceAll("");
		rest = rest.replaceAll("(?:docker\\.io/(?:library/)?)?" + name + ": ", "")
			.replaceAll("\"?(?:docker\\.io/(?:library/)?)?" + name + "\"?", "the image");
		return words.substring(0, image.end()) + rest;
	}

	/**
	 * How a container's last run ended, in words; empty where none did.
	 */
	public static Optional<String> lastEnd(Pod pod, ContainerStatus container) {
		ContainerStateTerminated now = (container.getState() != null) ? container.getState().getTerminated() : null;
		ContainerStateTerminated last = (now == null && container.getLastState() != null)
				? container.getLastState().getTerminated() : now;
		if (last == null || "Completed".equals(last.getReason())) {
			return Optional.empty();
		}
		String reason = (last.getReason() != null) ? last.getReason() : "Error";
		String limit = reason.equals("OOMKilled") ? memoryLimit(pod, container.getName()) : "";
		String code = (last.getExitCode() != null) ? " (exit code " + last.getExitCode() + ")" : "";
		String said = (last.getMessage() != null && !last.getMessage().isBlank())
				? ": " + bounded(last.getMessage().strip()) : "";
		return Optional.of(reason + limit + code + said);
	}

	private static String memoryLimit(Pod pod, String container) {
		Optional<Quantity> limit = containers(pod).filter((one) -> container.equals(one.getName()))
			.filter((one) -> one.getResources() != null && one.getResources().getLimits() != null)
			.map((one) -> one.getResources().getLimits().get("memory"))
			.filter(Objects::nonNull)
			.findFirst();
		return limit.map((most) -> ", it needs more memory than its limit of " + most)
			.orElse(", the node ran out of memory");
	}

	private static Stream<Container> containers(Pod pod) {
		if (pod.getSpec() == null) {
			return Stream.empty();
		}
		List<Container> first = (pod.getSpec().getInitContainers() != null) ? pod.getSpec().getInitContainers()
				: List.of();
		return Stream.concat(first.stream(), pod.getSpec().getContainers().stream());
	}

	private static String bounded(String message) {
		String line = message.replaceAll("\\s+", " ");
		return (line.length() > LONGEST_MESSAGE) ? "… " + line.substring(line.length() - LONGEST_MESSAGE) : line;
	}

}
