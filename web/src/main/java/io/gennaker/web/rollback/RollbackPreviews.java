package io.gennaker.web.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.RollbackRules;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionPlans;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.rollback.RollbackPreview.Place;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import io.gennaker.web.rollback.RollbackRequest.Subject;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Works out what a rollback would do.
 */
@Component
public class RollbackPreviews {

	private final ExecutionReads executions;

	private final ExecutionPlans plans;

	private final ReleaseReads releases;

	private final PipelineReads pipelines;

	private final RollbackPlaces places;

	RollbackPreviews(ExecutionReads executions, ExecutionPlans plans, ReleaseReads releases, PipelineReads pipelines,
			RollbackPlaces places) {
		this.executions = executions;
		this.plans = plans;
		this.releases = releases;
		this.pipelines = pipelines;
		this.places = places;
	}

	/**
	 * What a rollback would do.
	 * @param choices where to and to which releases; empty for everywhere
	 * @throws NotFoundException if there is no such execution or place
	 * @throws InvalidParameterException if a choice names a place that the execution did
	 * not change, or a release that is not of that place
	 */
	public RollbackPreview of(Subject subject, List<Choice> choices) {
		return prepare(subject, choices).preview();
	}

	Prepared prepare(Subject subject, List<Choice> choices) {
		return switch (subject) {
			case Subject.OfExecution(UUID id) -> {
				ExecutionDetail execution = execution(id);
				yield prepare(execution, chosen(this.places.of(execution), choices), stillOpen(execution));
			}
			case Subject.OfPlace place -> {
				Release now = this.releases.current(place.cluster(), place.namespace(), place.release())
					.orElseThrow(() -> new NotFoundException("Nothing was released as '%s' in namespace %s of %s."
						.formatted(place.release(), place.namespace(), place.cluster())));
				ExecutionDetail execution = execution(now.executionId());
				yield prepare(execution, chosen(List.of(this.places.of(now, wave(execution, now))), choices), false);
			}
		};
	}

	/**
	 * The pipeline whose clusters are taken back, and which execution's.
	 */
	ExecutionDetail origin(Subject subject) {
		return switch (subject) {
			case Subject.OfExecution(UUID id) -> execution(id);
			case Subject.OfPlace _ -> prepare(subject, List.of()).execution();
		};
	}

	private Prepared prepare(ExecutionDetail execution, List<Place> places, boolean open) {
		Pipeline original = this.plans.asStarted(execution, this.executions.inventory(execution.id())).orElse(null);
		String obstacle = open ? RollbackPlaces.title(execution) + " has not ended, it is " + execution.status()
				+ ": cancel it first. Canceled, it leaves each cluster as far as it has come, and can be taken back"
				: obstacle(execution, places);
		RollbackPreview preview = new RollbackPreview(execution.id(), execution.pipeline(), execution.number(),
				execution.status(), obstacle, open, rules(execution, original).approval(), original != null, places);
		return new Prepared(execution, original, preview);
	}

	private static @Nullable String obstacle(ExecutionDetail execution, List<Place> places) {
		Optional<ExecutionDetail.Relative> underway = execution.successors()
			.stream()
			.filter((other) -> other.kind().equals("rollback") && !other.status().ended())
			.findFirst();
		if (underway.isPresent()) {
			return execution.pipeline() + " #" + underway.get().number() + " takes it back already";
		}
		if (places.isEmpty()) {
			return RollbackPlaces.title(execution) + " changed no cluster";
		}
		return places.stream().allMatch((place) -> place.leftOut() != null) ? "no cluster would go back" : null;
	}

	private static boolean stillOpen(ExecutionDetail execution) {
		return !execution.status().ended();
	}

	/**
	 * What the pipeline asks for today, where it can be read; else what it asked for when
	 * the execution was started.
	 */
	private RollbackRules rules(ExecutionDetail execution, @Nullable Pipeline original) {
		Pipeline today = this.pipelines.find(execution.pipeline())
			.map((pipeline) -> (pipeline.reading() instanceof ReadResult.Valid(Pipeline read)) ? read : null)
			.orElse(original);
		return (today != null) ? today.rollback() : RollbackRules.NONE;
	}

	private static int wave(ExecutionDetail execution, Release now) {
		return execution.clustersOf(now.stageId())
			.stream()
			.filter((rollout) -> rollout.cluster().equals(now.cluster()))
			.mapToInt(ExecutionDetail.ClusterRollout::wave)
			.findFirst()
			.orElse(0);
	}

	private static List<Place> chosen(List<Place> places, List<Choice> choices) {
		choices.forEach((choice) -> check(places, choice));
		List<Place> chosen = new ArrayList<>();
		for (Place place : places) {
			Optional<Choice> choice = choices.stream().filter((one) -> one.means(place)).findFirst();
			if (choice.isPresent()) {
				chosen.add(chosen(place, choice.get()));
			}
			else {
				chosen.add((choices.isEmpty() || place.leftOut() != null) ? place : place.leftOut("not chosen"));
			}
		}
		return chosen;
	}

	private static Place chosen(Place place, Choice choice) {
		Long to = choice.to();
		if (to == null) {
			return place;
		}
		Release release = RollbackPlaces.choice(place, to);
		if (release == null) {
			throw new InvalidParameterException("places", "release " + to + " is none of those that are kept of "
					+ place.release() + " in " + place.cluster());
		}
		return place.to(release);
	}

	private static void check(List<Place> places, Choice choice) {
		if (places.stream().noneMatch(choice::means)) {
			throw new InvalidParameterException("places",
					"the execution changed no cluster '" + choice.cluster() + "' by '" + choice.stage() + "'");
		}
	}

	private ExecutionDetail execution(UUID id) {
		return this.executions.find(id).orElseThrow(() -> new NotFoundException("There is no execution " + id + "."));
	}

	/**
	 * A preview, and what it was made of.
	 *
	 * @param original the graph that the execution walked; null where it cannot be read
	 * any more
	 */
	record Prepared(ExecutionDetail execution, @Nullable Pipeline original, RollbackPreview preview) {
	}

}
