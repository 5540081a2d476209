package io.gennaker.pipelines.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;

/**
 * Which clusters an execution goes to, and in which waves.
 */
public final class ClusterPlan {

	private ClusterPlan() {
	}

	/**
	 * The clusters of a target, in the inventory's order or, for names, as named.
	 */
	public static List<Cluster> clusters(Target target, Collection<Cluster> inventory) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The clusters of a target that an execution may touch: where the pipeline has
	 * parameters of type {@code clusters}, only those that one of them holds.
	 * @param parameters the execution's complete parameter values
	 */
	public static List<Cluster> clusters(Pipeline pipeline, Target target, Collection<Cluster> inventory,
			Map<String, Object> parameters) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A deploy's clusters in waves. Clusters that the stage's waves do not name come
	 * last, in one wave; waves without a cluster are left out.
	 * @param clusters the clusters to go to
	 */
	public static List<List<Cluster>> waves(Stage.Deploy deploy, List<Cluster> clusters) {
		throw new UnsupportedOperationException();
	}

}
