package io.gennaker.web.service;

import javax.sql.DataSource;

import io.gennaker.web.database.TestDatabase;
import io.gennaker.web.settings.GennakerProperties;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The parts of the service that face the network, on a real PostgreSQL, with what runs
 * releases played by fakes.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(GennakerProperties.class)
@ComponentScan(
		basePackages = { "io.gennaker.web.api", "io.gennaker.web.audit", "io.gennaker.web.database",
				"io.gennaker.web.security", "io.gennaker.web.webhook" },
		excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class Service {

	/** What the tests sign in with. */
	public static final String PASSWORD = "a password of tests";

	/** What the tests' receivers take. */
	public static final String TOKEN = "tests-token-0123456789";

	@Bean(destroyMethod = "close")
	DataSource dataSource() {
		return TestDatabase.create();
	}

	@Bean
	Starts starts() {
		return new Starts();
	}

	@Bean
	CurrentPipelines currentPipelines() {
		return new CurrentPipelines();
	}

}
