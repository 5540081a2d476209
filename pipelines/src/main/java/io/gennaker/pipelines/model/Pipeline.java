package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Map;

/**
 * One revision's pipeline. All maps keep the order of the file.
 *
 * @param name the pipeline's name, a DNS label
 * @param description one line for people, perhaps empty
 * @param parameters what whoever starts an execution may choose, by name
 * @param artifacts the container images that a release may carry, by component
 * @param targets named choices of clusters, by name
 * @param triggers what starts executions by itself, by name
 * @param concurrency how many executions may run at once
 * @param stages the graph's nodes, by id
 * @param values what all of its charts get, below the values of stages, targets and
 * clusters; absent in what was written before there was such a key
 * @param health when objects of some kinds count as healthy, the first that fits one
 * counts; absent in what was written before there was such a key
 * @param rollback what holds for taking clusters back; absent in what was written before
 * there was such a key
 */
public record Pipeline(String name, String description, Map<String, Parameter> parameters,
		Map<String, Artifact> artifacts, Map<String, Target> targets, Map<String, Trigger> triggers,
		Concurrency concurrency, Map<String, Stage> stages, Values values, List<HealthRule> health,
		RollbackRules rollback) {

	public Pipeline {
		parameters = Copies.ordered(parameters);
		artifacts = Copies.ordered(artifacts);
		targets = Copies.ordered(targets);
		triggers = Copies.ordered(triggers);
		stages = Copies.ordered(stages);
		values = (values != null) ? values : Values.NONE;
		health = (health != null) ? List.copyOf(health) : List.of();
		rollback = (rollback != null) ? rollback : RollbackRules.NONE;
	}

	/**
	 * One whose objects are healthy by the rules that are built in, and that says nothing
	 * of taking clusters back.
	 */
	public Pipeline(String name, String description, Map<String, Parameter> parameters, Map<String, Artifact> artifacts,
			Map<String, Target> targets, Map<String, Trigger> triggers, Concurrency concurrency,
			Map<String, Stage> stages, Values values) {
		this(name, description, parameters, artifacts, targets, triggers, concurrency, stages, values, List.of(),
				RollbackRules.NONE);
	}

	/**
	 * One that gives no values to all of its charts.
	 */
	public Pipeline(String name, String description, Map<String, Parameter> parameters, Map<String, Artifact> artifacts,
			Map<String, Target> targets, Map<String, Trigger> triggers, Concurrency concurrency,
			Map<String, Stage> stages) {
		this(name, description, parameters, artifacts, targets, triggers, concurrency, stages, Values.NONE);
	}

}
