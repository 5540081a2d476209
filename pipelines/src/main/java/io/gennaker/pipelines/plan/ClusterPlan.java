package io.gennaker.pipelines.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters an execution goes to, and in which waves.
 */
public final class ClusterPlan {

	private ClusterPlan() {
	}

	/**
	 * The clusters of a target, in the inventory's order or, for names, as named. Names
	 * that the inventory does not have are left out.
	 */
	public static List<Cluster> clusters(Target target, Collection<Cluster> inventory) {
		return switch (target.clusters()) {
			case ClusterSelector.Named named -> named(named.names(), inventory);
			case ClusterSelector.Labelled labelled ->
				inventory.stream().filter(cluster -> carries(cluster, labelled.labels())).toList();
		};
	}

	private static List<Cluster> named(List<String> names, Collection<Cluster> inventory) {
		Map<String, Cluster> byName = new LinkedHashMap<>();
		inventory.forEach(cluster -> byName.put(cluster.name(), cluster));
		return names.stream().distinct().map(byName::get).filter(Objects::nonNull).toList();
	}

	private static boolean carries(Cluster cluster, Map<String, String> labels) {
		return labels.entrySet().stream().allMatch(label -> label.getValue().equals(label(cluster, label.getKey())));
	}

	static @Nullable String label(Cluster cluster, String key) {
		return key.equals("region") ? cluster.region() : cluster.labels().get(key);
	}

	/**
	 * The clusters of a target that an execution may touch: where the pipeline has
	 * parameters of type {@code clusters}, only those that one of them holds.
	 * @param parameters the execution's complete parameter values
	 * @throws IllegalArgumentException if the value of such a parameter is missing or no
	 * list
	 */
	public static List<Cluster> clusters(Pipeline pipeline, Target target, Collection<Cluster> inventory,
			Map<String, Object> parameters) {
		Set<String> chosen = new HashSet<>();
		boolean restricted = false;
		for (Map.Entry<String, Parameter> parameter : pipeline.parameters().entrySet()) {
			if (parameter.getValue() instanceof Parameter.Clusters) {
				restricted = true;
				chosen.addAll(names(parameter.getKey(), parameters));
			}
		}
		List<Cluster> all = clusters(target, inventory);
		return restricted ? all.stream().filter(cluster -> chosen.contains(cluster.name())).toList() : all;
	}

	private static List<String> names(String parameter, Map<String, Object> parameters) {
		if (!(parameters.get(parameter) instanceof Collection<?> names)) {
			throw new IllegalArgumentException("The parameter '" + parameter + "' holds no list of clusters");
		}
		return names.stream().map(String::valueOf).toList();
	}

	/**
	 * The clusters of all targets of a pipeline, in the order of the inventory.
	 */
	public static List<Cluster> all(Pipeline pipeline, Collection<Cluster> inventory) {
		Set<String> names = new HashSet<>();
		pipeline.targets()
			.values()
			.forEach(target -> clusters(target, inventory).forEach(cluster -> names.add(cluster.name())));
		return inventory.stream().filter(cluster -> names.contains(cluster.name())).toList();
	}

	/**
	 * The values of a label among some clusters, in their order.
	 * @param label its name; {@code region} is the cluster's region
	 */
	public static Set<String> values(String label, Collection<Cluster> clusters) {
		Set<String> values = new LinkedHashSet<>();
		clusters.forEach(cluster -> Optional.ofNullable(label(cluster, label)).ifPresent(values::add));
		return values;
	}

	/**
	 * A deploy's clusters in waves: each wave comes after all that its clusters wait for.
	 * Waves without a cluster are left out.
	 * @param clusters the clusters to go to
	 */
	public static List<List<Cluster>> waves(Stage.Deploy deploy, List<Cluster> clusters) {
		return ClusterOrder.of(deploy, clusters).waves();
	}

	/**
	 * Clusters in the waves that a deploy lists. Clusters that no wave names come last,
	 * in one wave.
	 */
	static List<List<Cluster>> listed(List<List<String>> listed, List<Cluster> clusters) {
		List<Cluster> rest = new ArrayList<>(clusters);
		List<List<Cluster>> waves = new ArrayList<>();
		for (List<String> names : listed) {
			List<Cluster> wave = named(names, rest);
			rest.removeAll(wave);
			waves.add(wave);
		}
		waves.add(List.copyOf(rest));
		return waves.stream().filter(wave -> !wave.isEmpty()).toList();
	}

}
