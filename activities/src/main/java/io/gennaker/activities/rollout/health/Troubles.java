package io.gennaker.activities.rollout.health;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signs, in what Kubernetes reports, that waiting is in vain.
 */
public final class Troubles {

	private final Patience patience;

	public Troubles(Patience patience) {
		this.patience = patience;
	}

	/**
	 * A pod's gravest trouble. Pods that are being deleted have none.
	 */
	public Optional<Trouble> of(Pod pod) {
		PodStatus status = pod.getStatus();
		if (status == null || pod.getMetadata().getDeletionTimestamp() != null) {
			return Optional.empty();
		}
		return Stream
			.concat(containers(status).map((container) -> of(pod, container)).flatMap(Optional::stream),
					unscheduled(status).stream())
			.min(Comparator.comparing(Trouble::patience));
	}

	/**
	 * What a workload reports of the pods that it cannot create, such as a quota; or that
	 * it is paused while it has something to roll out.
	 */
	public Optional<Trouble> of(GenericKubernetesResource workload) {
		if (workload.getKind().equals("Deployment") && WorkloadHealth.isPausedWithChange(workload)) {
			return Optional.of(Trouble.of("Paused",
					"its controller rolls nothing out while spec.paused is true. Resume it (kubectl rollout resume),"
							+ " or take spec.paused out of the manifest",
					this.patience.configuration()));
		}
		return Health.condition(workload, "ReplicaFailure")
			.filter(Health.Condition::isTrue)
			.map((failure) -> Trouble.of(failure.reason(), failure.message(), this.patience.configuration()));
	}

	/**
	 * What an event of reason {@code FailedCreate} says of a workload.
	 */
	public Trouble failedCreate(String message) {
		return Trouble.of("FailedCreate", message, this.patience.configuration());
	}

	private static Stream<ContainerStatus> containers(PodStatus status) {
		return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
			.filter(Objects::nonNull)
			.flatMap(List::stream);
	}

	private Optional<Trouble> of(Pod pod, ContainerStatus container) {
		ContainerState state = container.getState();
		ContainerStateWaiting waiting = (state != null) ? state.getWaiting() : null;
		if (waiting == null || waiting.getReason() == null) {
			return Optional.empty();
		}
		return Optional.ofNullable(patience(waiting.getReason(), container))
			.map((time) -> new Trouble(waiting.getReason(), words(pod, container, waiting), container.getName(),
					role(pod, container.getName()), time, ended(container)));
	}

	private static String words(Pod pod, ContainerStatus container, ContainerStateWaiting waiting) {
		String words = KubeletWords.brief(text(waiting.getMessage()));
		Optional<String> end = KubeletWords.lastEnd(pod, container);
		if (end.isEmpty()) {
			return words;
		}
		String last = "its last run ended with " + end.get();
		return words.isEmpty() ? last : words + "; " + last;
	}

	/**
	 * A sidecar is an init container that goes on beside the others.
	 */
	private static String role(Pod pod, String container) {
		List<Container> first = (pod.getSpec() != null && pod.getSpec().getInitContainers() != null)
				? pod.getSpec().getInitContainers() : List.of();
		return first.stream()
			.filter((one) -> container.equals(one.getName()))
			.findFirst()
			.map((one) -> "Always".equals(one.getRestartPolicy()) ? "sidecar" : "init container")
			.orElse("container");
	}

	private @Nullable Duration patience(String reason, ContainerStatus container) {
		return switch (reason) {
			case "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" -> Duration.ZERO;
			case "ErrImagePull", "ImageInspectError", "RegistryUnavailable", "CreateContainerConfigError",
					"CreateContainerError", "RunContainerError" ->
				this.patience.configuration();
			case "CrashLoopBackOff" ->
				(container.getRestartCount() != null && container.getRestartCount() >= Patience.CONVINCING_RESTARTS)
						? Duration.ZERO : this.patience.crash();
			default -> null;
		};
	}

	private static boolean ended(ContainerStatus container) {
		return container.getLastState() != null && container.getLastState().getTerminated() != null;
	}

	private Optional<Trouble> unscheduled(PodStatus status) {
		List<PodCondition> conditions = (status.getConditions() != null) ? status.getConditions() : List.of();
		return conditions.stream()
			.filter((condition) -> "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus())
					&& "Unschedulable".equals(condition.getReason()))
			.findFirst()
			.map((condition) -> Trouble.of("Unschedulable", text(condition.getMessage()),
					this.patience.unschedulable()));
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
