package io.gennaker.web.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.database.TestDatabase;
import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.ReleaseEngine;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.web.execution.StartedExecution;
import io.gennaker.web.gate.Approvers;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.Catalogue;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.workflows.release.ReleaseRequest;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * The service's core over a real database of its own, with an engine, clusters and users
 * that are fakes. Nothing happens on a schedule: tests say when.
 */
public final class TestService implements AutoCloseable {

	/** A pipeline without a chart. */
	public static final String PIPELINE = """
			version: 1
			name: classroom
			description: Release the classroom
			parameters:
			  logLevel: {type: choice, options: [info, debug], default: info}
			  replicas: {type: integer, minimum: 1, maximum: 9, default: 2}
			artifacts:
			  api: {image: registry.example.com/classroom/api}
			stages:
			  settle: {type: wait, for: 1s}
			  go: {type: approval, needs: [settle], approvers: {groups: [release-managers], count: 2}}
			""";

	private final HikariDataSource database = TestDatabase.create();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final FakeReleaseEngine engine = new FakeReleaseEngine();

	private final FixedInventory inventory = new FixedInventory();

	private final Map<String, Approvers.Approver> people = new ConcurrentHashMap<>();

	public TestService() {
		ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(this.context);
		scanner.addExcludeFilter(new RegexPatternTypeFilter(java.util.regex.Pattern
			.compile(".*(Controller|Schedule|PipelineFolders|ReadsTests|Tests|Application)(\\$.*)?")));
		scanner.scan("io.gennaker.web.audit", "io.gennaker.web.database", "io.gennaker.web.pipeline",
				"io.gennaker.web.execution", "io.gennaker.web.gate", "io.gennaker.web.release", "io.gennaker.web.bake",
				"io.gennaker.web.rollback", "io.gennaker.web.restart", "io.gennaker.web.lock");
		this.context.register(Parts.class);
		register(DataSource.class, () -> this.database);
		register(ReleaseEngine.class, () -> this.engine);
		register(Inventory.class, () -> this.inventory);
		register(ReleasePreviews.class, () -> new ReleasePreviews((cluster) -> {
			throw new IllegalStateException("nobody is there");
		}));
		register(Approvers.class, () -> (name) -> Optional.ofNullable(this.people.get(name)));
		register(GennakerProperties.class, () -> new GennakerProperties("", "", "", List.of(), List.of(), List.of(),
				List.of(), DataSize.ofMegabytes(1), List.of(), List.of(), null));
		this.context.refresh();
		person("kim", Set.of("approver", "viewer"), Set.of("release-managers"));
		person("lee", Set.of("approver", "viewer"), Set.of("release-managers"));
		person("max", Set.of("approver", "viewer"), Set.of());
		person("engineer", Set.of("engineer", "viewer"), Set.of("release-managers"));
	}

	private <T> void register(Class<T> type, Supplier<T> supplier) {
		this.context.registerBean(type.getSimpleName(), type, supplier);
	}

	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	public JdbcClient jdbc() {
		return get(JdbcClient.class);
	}

	public FakeReleaseEngine engine() {
		return this.engine;
	}

	public void person(String name, Set<String> roles, Set<String> groups) {
		this.people.put(name, new Approvers.Approver(name, roles, groups));
	}

	/**
	 * Keeps the classroom pipeline, with another concurrency where one is given.
	 */
	public void pipeline(String concurrency) {
		String document = concurrency.isEmpty() ? PIPELINE : PIPELINE + "concurrency: " + concurrency + "\n";
		Catalogue.Saved saved = get(Catalogue.class).save("classroom", PipelineFiles.of(document), "admin");
		if (saved instanceof Catalogue.Saved.Refused refused) {
			throw new IllegalStateException(refused.problems().toString());
		}
	}

	/**
	 * Keeps a pipeline of a document and an empty chart.
	 */
	public void pipeline(String name, String document) {
		Map<String, byte[]> files = new java.util.TreeMap<>();
		files.put("charts/app/Chart.yaml", new byte[0]);
		files.put(PipelineFiles.PIPELINE, document.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		Catalogue.Saved saved = get(Catalogue.class).save(name, new PipelineFiles(files), "admin");
		if (saved instanceof Catalogue.Saved.Refused refused) {
			throw new IllegalStateException(refused.problems().toString());
		}
	}

	/**
	 * Lets a cluster not have answered when it was asked last.
	 */
	public void away(String cluster) {
		this.inventory.away.add(cluster);
	}

	public StartedExecution start() {
		return get(ExecutionStarter.class).start(request(Map.of(), Map.of(), null));
	}

	public static StartRequest request(Map<String, Object> parameters, Map<String, String> artifacts, String key) {
		return new StartRequest("classroom", parameters, artifacts,
				new ReleaseRequest.Trigger("manual", "engineer", List.of(), Map.of()), key);
	}

	@Override
	public void close() {
		this.context.close();
		this.database.close();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Parts {

		@Bean
		Expressions expressions() {
			return new Expressions();
		}

		@Bean
		JdbcClient jdbcClient(DataSource database) {
			return JdbcClient.create(database);
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource database) {
			return new JdbcTransactionManager(database);
		}

		@Bean
		TransactionTemplate transactions(PlatformTransactionManager manager) {
			return new TransactionTemplate(manager);
		}

	}

	private static final class FixedInventory implements Inventory {

		private final Set<String> away = ConcurrentHashMap.newKeySet();

		@Override
		public List<Cluster> clusters() {
			return List.of(new Cluster("beijing", "beijing", Map.of()), new Cluster("shanghai", "shanghai", Map.of()));
		}

		@Override
		public List<Reachability> reachability() {
			return clusters().stream()
				.map((cluster) -> new Reachability(cluster, "https://" + cluster.name(),
						!this.away.contains(cluster.name()), "v1.34.0", null, java.time.Instant.now(), false))
				.toList();
		}

	}

}
