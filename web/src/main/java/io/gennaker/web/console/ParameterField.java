package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import org.jspecify.annotations.Nullable;

/**
 * A parameter in the start form.
 *
 * @param kind {@code text}, {@code number}, {@code flag}, {@code choice} or
 * {@code clusters}
 * @param values what stands in the field, or is chosen
 * @param options what may be chosen, for a choice
 * @param regions the clusters that may be chosen, by region
 * @param problem what is wrong with it; null for nothing
 */
record ParameterField(String name, String kind, String description, List<String> values, boolean required,
		@Nullable String pattern, @Nullable Long minimum, @Nullable Long maximum, List<String> options,
		Map<String, List<String>> regions, @Nullable String problem) {

	/**
	 * The one value of a field that has one.
	 */
	public String value() {
		return this.values.isEmpty() ? "" : this.values.getFirst();
	}

	/**
	 * Whether a box is ticked.
	 */
	public boolean chosen(String option) {
		return this.values.contains(option);
	}

	/**
	 * The fields of a pipeline's parameters.
	 * @param given what was filled in, by parameter; null for a form that is fresh
	 * @param problems what is wrong, by {@code parameters.<name>}
	 */
	static List<ParameterField> of(Pipeline pipeline, List<Cluster> inventory,
			@Nullable Map<String, List<String>> given, Map<String, String> problems) {
		List<ParameterField> fields = new ArrayList<>();
		pipeline.parameters().forEach((name, parameter) -> {
			Map<String, List<String>> regions = (parameter instanceof Parameter.Clusters) ? regions(pipeline, inventory)
					: Map.of();
			List<String> values = (given != null) ? given.getOrDefault(name, List.of()) : defaults(parameter, regions);
			fields.add(field(name, parameter, values, regions, problems.get("parameters." + name)));
		});
		return fields;
	}

	private static ParameterField field(String name, Parameter parameter, List<String> values,
			Map<String, List<String>> regions, @Nullable String problem) {
		return switch (parameter) {
			case Parameter.Text text -> new ParameterField(name, "text", text.description(), values,
					text.defaultValue() == null, text.pattern(), null, null, List.of(), regions, problem);
			case Parameter.WholeNumber number ->
				new ParameterField(name, "number", number.description(), values, number.defaultValue() == null, null,
						number.minimum(), number.maximum(), List.of(), regions, problem);
			case Parameter.Flag flag -> new ParameterField(name, "flag", flag.description(), values, false, null, null,
					null, List.of(), regions, problem);
			case Parameter.Choice choice -> new ParameterField(name, "choice", choice.description(), values,
					choice.defaultValue() == null, null, null, null, choice.options(), regions, problem);
			case Parameter.Clusters clusters -> new ParameterField(name, "clusters", clusters.description(), values,
					true, null, null, null, List.of(), regions, problem);
		};
	}

	private static List<String> defaults(Parameter parameter, Map<String, List<String>> regions) {
		return switch (parameter) {
			case Parameter.Text text -> one(text.defaultValue());
			case Parameter.WholeNumber number -> one(number.defaultValue());
			case Parameter.Flag flag -> one(flag.defaultValue());
			case Parameter.Choice choice -> one(choice.defaultValue());
			case Parameter.Clusters clusters -> clusters.defaultValue().isEmpty()
					? regions.values().stream().flatMap(List::stream).toList() : clusters.defaultValue();
		};
	}

	private static List<String> one(@Nullable Object value) {
		return (value != null) ? List.of(String.valueOf(value)) : List.of();
	}

	private static Map<String, List<String>> regions(Pipeline pipeline, List<Cluster> inventory) {
		Map<String, Cluster> clusters = new LinkedHashMap<>();
		for (Target target : pipeline.targets().values()) {
			ClusterPlan.clusters(target, inventory).forEach((cluster) -> clusters.put(cluster.name(), cluster));
		}
		Map<String, List<String>> regions = new TreeMap<>();
		clusters.values()
			.forEach((cluster) -> regions.computeIfAbsent(cluster.region(), (_) -> new ArrayList<>())
				.add(cluster.name()));
		return regions;
	}

}
