package io.gennaker.web.execution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.plan.ParameterValues;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.Revisions;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Checks what somebody wants to start against a revision and the clusters that there are.
 */
@Component
public class StartChecks {

	private final Revisions revisions;

	private final Inventory inventory;

	StartChecks(Revisions revisions, Inventory inventory) {
		this.revisions = revisions;
		this.inventory = inventory;
	}

	/**
	 * Checks and completes.
	 * @param name the pipeline's name
	 * @param revision its current revision; null where it has none
	 * @param parameters values as JSON or a form gives them
	 * @param artifacts tags or digests by component; blank ones count as not given
	 * @throws StartRefusedException with everything that is wrong
	 */
	public Checked check(String name, @Nullable UUID revision, Map<String, ? extends @Nullable Object> parameters,
			Map<String, String> artifacts) {
		List<Cluster> clusters = this.inventory.clusters();
		if (revision == null) {
			throw new StartRefusedException("Pipeline '" + name + "' has no valid revision yet.",
					Map.of("pipeline", "has problems; its page lists them"));
		}
		Pipeline pipeline = read(name, revision, clusters);
		Map<String, String> given = ArtifactChoices.given(artifacts);
		return new Checked(revision, pipeline, clusters, complete(pipeline, parameters, given, clusters), given);
	}

	private Pipeline read(String name, UUID revision, List<Cluster> clusters) {
		return switch (this.revisions.read(revision, clusters)) {
			case ReadResult.Valid(Pipeline pipeline) -> pipeline;
			case ReadResult.Invalid(List<Problem> problems) ->
				throw new StartRefusedException("Pipeline '" + name + "' does not fit the clusters that there are now.",
						Map.of("pipeline", problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
		};
	}

	private static Map<String, Object> complete(Pipeline pipeline, Map<String, ? extends @Nullable Object> parameters,
			Map<String, String> artifacts, List<Cluster> clusters) {
		Map<String, String> problems = new TreeMap<>(ArtifactChoices.problems(pipeline, artifacts));
		Map<String, Object> values = switch (ParameterValues.complete(pipeline, parameters, clusters)) {
			case ParameterValues.Outcome.Complete(Map<String, Object> complete) -> complete;
			case ParameterValues.Outcome.Refused(Map<String, String> refused) -> {
				refused.forEach((parameter, problem) -> problems.put("parameters." + parameter, problem));
				yield Map.of();
			}
		};
		if (!problems.isEmpty()) {
			throw new StartRefusedException("The execution cannot be started like this: " + problems.entrySet()
				.stream()
				.map((problem) -> problem.getKey() + " " + problem.getValue())
				.collect(Collectors.joining("; ")), problems);
		}
		return values;
	}

	/**
	 * A start that can be written.
	 *
	 * @param parameters complete values
	 * @param artifacts what was chosen, by component
	 */
	public record Checked(UUID revision, Pipeline pipeline, List<Cluster> inventory, Map<String, Object> parameters,
			Map<String, String> artifacts) {
	}

}
