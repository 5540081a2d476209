package io.gennaker.web.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.gennaker.activities.bake.origin.Layer;
import io.gennaker.activities.bake.origin.ValueOrigins;
import io.gennaker.activities.bake.renderer.MergedValues;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.activities.rollout.DriftLooks;
import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview;
import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.console.Notices.Gravity;
import io.gennaker.web.console.Notices.Notice;
import io.gennaker.web.database.TestDatabase;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.bake.ManifestDocument;
import io.gennaker.web.execution.ReleaseEngine;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.preview.PlanQuestion;
import io.gennaker.web.preview.ReleasePlan;
import io.gennaker.web.preview.ReleasePlans;
import io.gennaker.web.preview.StagePreview;
import io.gennaker.web.rebake.Comparison;
import io.gennaker.web.rebake.RepeatedBakes;
import io.gennaker.web.rollback.ReturnPreview;
import io.gennaker.web.settings.DriftProperties;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.values.ExplainedValues;
import io.gennaker.web.webhook.TriggeredPipelines;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.ReleaseRequest;
import io.gennaker.workflows.release.StageSteering;
import io.gennaker.workflows.release.Steering;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The console with its database, and what is outside of it played by fakes. Its
 * {@code main} serves it for looking at, by default on port 8080.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties({ GennakerProperties.class, DriftProperties.class })
@ComponentScan(basePackages = { "io.gennaker.web.api", "io.gennaker.web.audit", "io.gennaker.web.bake",
		"io.gennaker.web.console", "io.gennaker.web.database", "io.gennaker.web.drift", "io.gennaker.web.execution",
		"io.gennaker.web.gate", "io.gennaker.web.lock", "io.gennaker.web.pipeline", "io.gennaker.web.release",
		"io.gennaker.web.restart", "io.gennaker.web.rollback", "io.gennaker.web.security", "io.gennaker.web.webhook" },
		excludeFilters = { @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
				@ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.RollbackChanges") })
class ConsoleApplication {

	static final String PASSWORD = "a password of tests";

	/** What must never reach a page unescaped. */
	static final String HOSTILE = "<script>alert('x')</script>";

	static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(ConsoleApplication.class);
		application.setDefaultProperties(Map.of("gennaker.demo-password", PASSWORD, "gennaker.pipelines",
				"target/no-pipelines", "server.address", "127.0.0.1"));
		ConsoleSeed.plant(application.run(arguments));
	}

	@Bean
	Expressions expressions() {
		return new Expressions();
	}

	@Bean(destroyMethod = "close")
	DataSource dataSource() {
		return TestDatabase.create();
	}

	@Bean
	TriggeredPipelines triggeredPipelines() {
		return List::<Pipeline>of;
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	DriftLooks driftLooks() {
		return (cluster, _, _, _) -> new DriftLook(DriftLook.State.UNKNOWN, List.of(), "",
				"Cluster " + cluster + " does not answer " + HOSTILE);
	}

	@Bean
	Notices notices() {
		return () -> List.of(new Notice(Gravity.WARNING, "notice.temporal-in-memory", List.of()),
				new Notice(Gravity.HINT, "notice.database-embedded", List.of("~/.gennaker/" + HOSTILE)));
	}

	@Bean
	StagePreview stagePreview() {
		return (_, _, cluster) -> {
			if (cluster.equals("shanghai-1")) {
				throw new PreviewUnavailableException("shanghai-1 does not answer: connect timed out " + HOSTILE);
			}
			return new ReleasePreview(cluster, List.of(
					new ObjectChange("Deployment", "classroom", "api", "api", Change.UPDATE,
							"--- now\n+++ then\n@@ -18,7 +18,7 @@\n     spec:\n       containers:\n       - name: api\n"
									+ "-        image: registry.example.com/classroom/api:v1.8.0@sha256:0a1b\n"
									+ "+        image: registry.example.com/classroom/api:v1.9.0@sha256:3f2a\n"
									+ "         args: [\"" + HOSTILE + "\"]\n",
							false, ""),
					new ObjectChange("ConfigMap", "classroom", "api-flags", "api", Change.CREATE,
							"@@ -0,0 +1,3 @@\n+apiVersion: v1\n+kind: ConfigMap\n+data: {}\n", false, ""),
					new ObjectChange("Service", "classroom", "api", "api", Change.UNCHANGED, "", false, "")));
		};
	}

	@Bean
	RepeatedBakes repeatedBakes() {
		return (execution, stage) -> {
			if (!execution.equals(ConsoleSeed.RUNNING)) {
				throw new ConflictException("The chart is not to be had any more " + HOSTILE);
			}
			Comparison.Made made = new Comparison.Made(ConsoleSeed.digest("bake"), "helm-java", List.of());
			return new Comparison(false, List.of("shanghai-1"), made, made,
					List.of(new Comparison.Cluster("all", "beijing", ConsoleSeed.digest("m1"),
							ConsoleSeed.digest("m1")),
							new Comparison.Cluster("all", "shanghai-1", ConsoleSeed.digest("m2"), null)));
		};
	}

	@Bean
	ReturnPreview returnPreview(StagePreview preview) {
		return (_) -> preview.of(new UUID(0, 0), "deploy", "beijing");
	}

	@Bean
	ReleasePlans releasePlans(StagePreview preview) {
		return (question) -> new ReleasePlan(question.pipeline(), UUID.randomUUID(),
				List.of("beijing", "shanghai-1")
					.stream()
					.filter((cluster) -> question.cluster() == null || question.cluster().equals(cluster))
					.map((cluster) -> planned(question, preview, cluster))
					.toList());
	}

	private static ReleasePlan.PlannedCluster planned(PlanQuestion question, StagePreview preview, String cluster) {
		BoundArtifact api = new BoundArtifact("api", "registry.example.com/classroom/api",
				question.artifacts().getOrDefault("api", "v1.8.0"), ConsoleSeed.digest("planned"),
				BoundArtifact.Origin.CHOSEN);
		if (question.artifacts().containsValue("v9.9.9")) {
			throw new StartRefusedException("The registry has no such image " + HOSTILE,
					Map.of("artifacts.api", "v9.9.9"));
		}
		List<ManifestDocument> documents = question.documents()
				? ManifestDocument.of("kind: Secret\nmetadata: {name: token}\nstringData: {token: open-sesame}\n")
				: List.of();
		try {
			return new ReleasePlan.PlannedCluster("deploy", cluster, "classroom", "classroom", Map.of("api", api),
					ConsoleSeed.digest("planned"), preview.of(new UUID(0, 0), "deploy", cluster).changes(), null,
					documents);
		}
		catch (PreviewUnavailableException ex) {
			return new ReleasePlan.PlannedCluster("deploy", cluster, "classroom", "classroom", Map.of("api", api),
					ConsoleSeed.digest("planned"), List.of(), ex.getMessage(), documents);
		}
	}

	@Bean
	ExplainedValues explainedValues() {
		List<Layer> layers = List.of(
				layer("chart/values.yaml", Layer.Kind.CHART,
						"api: {replicas: 1, note: \"" + HOSTILE
								+ "\", probe: {port: 80}}\nproxy:\n  token: open-sesame\n"),
				layer("values/prod.yaml", Layer.Kind.FILE, "api:\n  replicas: 3\n  probe: null\n"),
				layer("set of stage bake", Layer.Kind.SET, "{\"api\": {\"replicas\": 6}}"));
		return (_, _, _) -> ValuesExplanation
			.of(new MergedValues("{\"api\": {\"replicas\": 6, \"note\": \"" + HOSTILE
					+ "\"}, \"proxy\": {\"token\": \"open-sesame\"}}", ValueOrigins.of(layers)))
			.masked();
	}

	private static Layer layer(String name, Layer.Kind kind, String yaml) {
		return new Layer(name, kind, List.of(), yaml.getBytes(StandardCharsets.UTF_8));
	}

	@Bean
	ImageRegistry imageRegistry() {
		return new ImageRegistry() {
			@Override
			public Optional<String> digest(String image, String reference) {
				return Optional.of(ConsoleSeed.digest(reference));
			}

			@Override
			public List<Tag> tags(String image, int limit) throws IOException {
				if (image.endsWith("registry-mirror")) {
					throw new IOException("registry.example.com answered 401 Unauthorized " + HOSTILE);
				}
				return IntStream.range(0, 12)
					.mapToObj((i) -> new Tag("v1." + (9 - i / 2) + "." + (1 - i % 2), ConsoleSeed.digest("tag" + i),
							Instant.now().minus(i * 31L + 2, ChronoUnit.HOURS)))
					.toList();
			}
		};
	}

	@Bean
	Inventory inventory() {
		return new Clusters();
	}

	@Bean
	ReleaseEngine releaseEngine() {
		return new Engine();
	}

	private static final class Clusters implements Inventory {

		@Override
		public List<Cluster> clusters() {
			return List.of(new Cluster("beijing", "beijing", Map.of("env", "prod", "note", HOSTILE)),
					new Cluster("guangdong-1", "guangdong", Map.of("env", "prod")),
					new Cluster("guangdong-2", "guangdong", Map.of("env", "prod")),
					new Cluster("shanghai-1", "shanghai", Map.of("env", "prod")));
		}

		@Override
		public List<Reachability> reachability() {
			return clusters().stream().map(Clusters::look).toList();
		}

		private static Reachability look(Cluster cluster) {
			boolean well = !cluster.name().equals("shanghai-1");
			return new Reachability(cluster, "https://" + cluster.name() + ".example.com:6443", well,
					well ? "v1.34.2" : null, well ? null : "connect timed out after 5 s " + HOSTILE,
					Instant.now().minusSeconds(12), cluster.name().equals("beijing"));
		}

	}

	private static final class Engine implements ReleaseEngine {

		@Override
		public void start(ReleaseRequest request) {
		}

		@Override
		public void decide(UUID executionId, DecisionNotice notice) {
		}

		@Override
		public void steer(UUID executionId, Steer steer, Steering steering) {
		}

		@Override
		public void steer(UUID executionId, ClusterSteer steer, ClusterSteering steering) {
		}

		@Override
		public void giveUp(UUID executionId, StageSteering steering) {
		}

		@Override
		public RunState state(UUID executionId) {
			return RunState.RUNNING;
		}

	}

}
