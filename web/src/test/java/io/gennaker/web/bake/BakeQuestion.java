package io.gennaker.web.bake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.binding.Bindings;

/**
 * A request of a stage named bake.
 */
final class BakeQuestion {

	private BakeQuestion() {
	}

	static BakeRequest of(UUID execution) {
		Map<String, Object> set = new LinkedHashMap<>();
		set.put("z.last", 1L);
		set.put("a.first", null);
		Stage.Bake stage = new Stage.Bake("bake", Stage.Options.NONE,
				new ChartSource.Oci("registry.example.com/charts/classroom", "^1.4", null), "classroom",
				List.of("values/prod.yaml"), set);
		ExpressionContext context = new ExpressionContext(Map.of("replicas", 3L), Map.of(), Map.of(), Map.of(),
				Map.of(), null);
		return new BakeRequest(execution.toString(), "r1", stage, Map.of(), new Bindings(Map.of(), Map.of()), context,
				List.of(new BakeRequest.Destination("beijing",
						new Target(new ClusterSelector.Named(List.of("beijing")), "classroom", List.of(), Map.of()),
						new Cluster("beijing", "beijing", Map.of("env", "prod")))));
	}

}
