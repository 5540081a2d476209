package io.gennaker.workflows.bake;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.workflows.bake.BakeRequest.Destination;

/**
 * Where the manifests of a bake go: to every cluster of the deploys that roll them out.
 */
public final class Destinations {

	private Destinations() {
	}

	/**
	 * The destinations, in the order of the deploys.
	 * @param parameters the execution's complete parameter values
	 */
	public static List<Destination> of(Pipeline pipeline, Stage.Bake bake, Collection<Cluster> inventory,
			Map<String, Object> parameters) {
		Set<Destination> destinations = new LinkedHashSet<>();
		for (Stage.Deploy deploy : new StageGraph(pipeline).deploysOf(bake)) {
			Target target = targetOf(pipeline, deploy);
			for (Cluster cluster : ClusterPlan.clusters(pipeline, target, inventory, parameters)) {
				destinations.add(new Destination(deploy.target(), only(target, cluster), cluster));
			}
		}
		return List.copyOf(destinations);
	}

	private static Target targetOf(Pipeline pipeline, Stage.Deploy deploy) {
		Target target = pipeline.targets().get(deploy.target());
		if (target == null) {
			throw new IllegalArgumentException("there is no target '" + deploy.target() + "'");
		}
		return target;
	}

	/**
	 * A target as far as it concerns one cluster. With hundreds of clusters, each
	 * carrying the overrides of all would pass the limit of a payload.
	 */
	private static Target only(Target target, Cluster cluster) {
		Target.Override override = target.overrides().get(cluster.name());
		return new Target(new ClusterSelector.Named(List.of(cluster.name())), target.namespace(), target.values(),
				(override != null) ? Map.of(cluster.name(), override) : Map.of());
	}

}
