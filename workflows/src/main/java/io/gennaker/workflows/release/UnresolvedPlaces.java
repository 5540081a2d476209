package io.gennaker.workflows.release;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.workflows.release.PlacesRequest.UnresolvedPlace;

/**
 * The places that an execution releases to, as the pipeline's file names them.
 */
public final class UnresolvedPlaces {

	private UnresolvedPlaces() {
	}

	/**
	 * Each place once, in the order of the deploys.
	 * @param parameters the execution's complete parameter values
	 */
	public static List<UnresolvedPlace> of(Pipeline pipeline, Collection<Cluster> inventory,
			Map<String, Object> parameters) {
		StageGraph graph = new StageGraph(pipeline);
		Set<UnresolvedPlace> places = new LinkedHashSet<>();
		for (Stage stage : pipeline.stages().values()) {
			if (stage instanceof Stage.Deploy deploy) {
				String release = graph.bakeOf(deploy).release();
				Target target = pipeline.targets().get(deploy.target());
				if (target == null) {
					throw new IllegalArgumentException("there is no target '" + deploy.target() + "'");
				}
				for (Cluster cluster : ClusterPlan.clusters(pipeline, target, inventory, parameters)) {
					places.add(new UnresolvedPlace(cluster, target.namespace(), release));
				}
			}
		}
		return List.copyOf(places);
	}

}
