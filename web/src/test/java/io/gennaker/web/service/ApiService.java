package io.gennaker.web.service;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.database.TestDatabase;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.settings.GennakerProperties;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The API of pipelines, executions and gates on a real PostgreSQL, with an engine that is
 * a fake and two clusters.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(GennakerProperties.class)
@ComponentScan(
		basePackages = { "io.gennaker.web.api", "io.gennaker.web.audit", "io.gennaker.web.database",
				"io.gennaker.web.security", "io.gennaker.web.pipeline", "io.gennaker.web.execution",
				"io.gennaker.web.gate", "io.gennaker.web.release", "io.gennaker.web.bake" },
		excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class ApiService {

	@Bean
	Expressions expressions() {
		return new Expressions();
	}

	@Bean(destroyMethod = "close")
	DataSource dataSource() {
		return TestDatabase.create();
	}

	@Bean
	FakeReleaseEngine releaseEngine() {
		return new FakeReleaseEngine();
	}

	@Bean
	Inventory inventory() {
		return new Inventory() {

			@Override
			public List<Cluster> clusters() {
				return List.of(new Cluster("beijing", "beijing", Map.of()));
			}

			@Override
			public List<Reachability> reachability() {
				return List.of();
			}

		};
	}

}
