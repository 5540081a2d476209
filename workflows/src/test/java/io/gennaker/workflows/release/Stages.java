package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.ObjectChoice;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;

/**
 * Stages and pipelines for tests: a bake for the targets {@code beijing} (one cluster)
 * and {@code south} (three).
 */
final class Stages {

	static final List<Cluster> INVENTORY = List.of(cluster("beijing"), cluster("guangdong-1"), cluster("guangdong-2"),
			cluster("shanghai-1"));

	private Stages() {
	}

	private static Cluster cluster(String name) {
		return new Cluster(name, name.split("-")[0], Map.of());
	}

	static Stage.Options needs(String... needs) {
		return new Stage.Options(List.of(needs), null, null, OnFailure.FAIL);
	}

	static Stage.Options onFailure(OnFailure onFailure, String... needs) {
		return new Stage.Options(List.of(needs), null, null, onFailure);
	}

	static Stage.Options when(String when, String... needs) {
		return new Stage.Options(List.of(needs), when, null, OnFailure.FAIL);
	}

	static Stage.Options within(Duration timeout, String... needs) {
		return new Stage.Options(List.of(needs), null, timeout, OnFailure.FAIL);
	}

	static Stage.Bake bake(String id, Stage.Options options) {
		return new Stage.Bake(id, options, new ChartSource.Path("charts/classroom", null), "classroom",
				List.of("values/prod.yaml"), Map.of());
	}

	static Stage.Bake bake() {
		return bake("bake", Stage.Options.NONE);
	}

	static Stage.Wait pause(String id, Stage.Options options) {
		return new Stage.Wait(id, options, Duration.ofMinutes(10));
	}

	static Stage.Approval gate(String id, int count, Stage.Options options) {
		return new Stage.Approval(id, options, new Stage.Approvers(List.of(), List.of("release-managers")), count,
				false, "Look at the dashboards");
	}

	static Stage.Deploy beijing(Stage.Options options) {
		return new Stage.Deploy("beijing", options, "beijing", null,
				List.of(List.of("api"), List.of("proxy", "jobrunner")), List.of(), null, 0, Duration.ZERO);
	}

	static Stage.Deploy south(Stage.Options options) {
		return south(options, List.of(List.of("guangdong-1"), List.of("guangdong-2", "shanghai-1")), null, 0,
				Duration.ZERO);
	}

	static Stage.Deploy south(Stage.Options options, List<List<String>> waves, Integer maxParallel, int budget,
			Duration soak) {
		return new Stage.Deploy("south", options, "south", null, List.of(List.of("api")), waves, maxParallel, budget,
				soak);
	}

	/**
	 * The south, where its clusters go as the pacing says.
	 */
	static Stage.Deploy south(Stage.Options options, Integer maxParallel, int budget, Duration soak, Pacing pacing) {
		return new Stage.Deploy("south", options, "south", null, List.of(List.of("api")), List.of(), maxParallel,
				budget, soak, Applying.DEFAULT, pacing);
	}

	static Stage.Operation restart(String target, Integer maxParallel, Stage.Options options) {
		return new Stage.Operation("restart", options, target, maxParallel,
				new ClusterOperation.Restart(ObjectChoice.named("Deployment", "apps/v1", "api")));
	}

	static Pipeline pipeline(Stage... stages) {
		Map<String, Stage> byId = new LinkedHashMap<>();
		for (Stage stage : stages) {
			byId.put(stage.id(), stage);
		}
		Map<String, Target> targets = new LinkedHashMap<>();
		targets.put("beijing", target("beijing"));
		targets.put("south", target("guangdong-1", "guangdong-2", "shanghai-1"));
		return new Pipeline("classroom", "", Map.of("clusters", new Parameter.Clusters("", List.of())),
				Map.of("api", new Artifact("registry.example.com/classroom/api", true, "v1.9.0")), targets, Map.of(),
				Concurrency.DEFAULT, byId);
	}

	private static Target target(String... clusters) {
		Map<String, Target.Override> overrides = new LinkedHashMap<>();
		List.of(clusters)
			.forEach((cluster) -> overrides.put(cluster,
					new Target.Override(List.of("values/" + cluster + ".yaml"), Map.of())));
		return new Target(new ClusterSelector.Named(List.of(clusters)), "classroom", List.of(), overrides);
	}

	static ReleaseRequest request(Pipeline pipeline) {
		List<String> all = new ArrayList<>();
		INVENTORY.forEach((cluster) -> all.add(cluster.name()));
		return request(pipeline, all);
	}

	static ReleaseRequest request(Pipeline pipeline, List<String> clusters) {
		return new ReleaseRequest("0199-test", 128, "revision-1", pipeline, INVENTORY, Map.of("clusters", clusters),
				Map.of(), new ReleaseRequest.Trigger("manual", "lin", List.of(), Map.of("tag", "v1.9.0")));
	}

}
