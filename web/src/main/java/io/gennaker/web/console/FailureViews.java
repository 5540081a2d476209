package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.web.console.FailureView.Place;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.RolloutObject;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts together what somebody must know about a stage that failed.
 */
@Component
class FailureViews {

	private static final int PLACES = 5;

	private final ExecutionReads executions;

	private final ReleaseReads releases;

	private final Words words;

	FailureViews(ExecutionReads executions, ReleaseReads releases, Words words) {
		this.executions = executions;
		this.releases = releases;
		this.words = words;
	}

	/**
	 * The stages of an execution that failed.
	 */
	List<FailureView> of(ExecutionDetail execution) {
		return execution.stages()
			.stream()
			.filter((stage) -> stage.status() == Status.FAILED)
			.map((stage) -> failure(execution, stage))
			.toList();
	}

	private FailureView failure(ExecutionDetail execution, StageDetail stage) {
		List<ClusterRollout> lanes = execution.clustersOf(stage.id());
		List<ClusterRollout> failed = lanes.stream().filter((lane) -> lane.status() == Status.FAILED).toList();
		List<String> untouched = lanes.stream()
			.filter((lane) -> lane.startedAt() == null)
			.map(ClusterRollout::cluster)
			.toList();
		List<Place> places = failed.stream().limit(PLACES).map((lane) -> place(execution, lane)).toList();
		return new FailureView(stage.id(), (stage.message() != null) ? stage.message() : "", places,
				failed.size() - places.size(), untouched);
	}

	private Place place(ExecutionDetail execution, ClusterRollout lane) {
		Optional<Release> current = current(lane);
		Map<String, List<ObjectState>> components = new LinkedHashMap<>();
		List<RolloutObject> objects = this.executions.objects(execution.id(), lane.stageId(), lane.cluster());
		for (RolloutObject object : objects.stream().filter(RolloutObject::isOfRelease).toList()) {
			String component = object.component().isEmpty() ? this.words.text("failure.shared") : object.component();
			components.computeIfAbsent(component, (_) -> new ArrayList<>()).add(object.state());
		}
		List<String> done = where(components, (states) -> states.stream().allMatch(FailureViews::well));
		List<String> untouched = where(components,
				(states) -> states.stream().allMatch((state) -> state == ObjectState.PENDING));
		List<String> begun = components.keySet()
			.stream()
			.filter((component) -> !done.contains(component) && !untouched.contains(component))
			.toList();
		return new Place(lane.cluster(), (lane.message() != null) ? lane.message() : "", done, begun, untouched,
				wentBack(execution, current), before(execution, current));
	}

	private static List<String> where(Map<String, List<ObjectState>> components, Predicate<List<ObjectState>> fits) {
		return components.entrySet()
			.stream()
			.filter((entry) -> fits.test(entry.getValue()))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static boolean well(ObjectState state) {
		return switch (state) {
			case HEALTHY, UNCHANGED, DELETED -> true;
			case PENDING, APPLIED, PROGRESSING, FAILED -> false;
		};
	}

	private Optional<Release> current(ClusterRollout lane) {
		if (lane.namespace() == null || lane.release() == null) {
			return Optional.empty();
		}
		return this.releases.current(lane.cluster(), lane.namespace(), lane.release());
	}

	/** A cluster that failed has a release of the execution only if it went back. */
	private static boolean wentBack(ExecutionDetail execution, Optional<Release> current) {
		return current.filter((release) -> release.executionId().equals(execution.id())).isPresent();
	}

	private static @Nullable Release before(ExecutionDetail execution, Optional<Release> current) {
		return current.filter((release) -> release.releasedAt().isBefore(execution.createdAt())).orElse(null);
	}

}
