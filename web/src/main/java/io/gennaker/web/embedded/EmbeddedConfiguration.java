package io.gennaker.web.embedded;

import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.temporal.TemporalEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Starts what no property names, each only then. Spring stops them after whatever uses
 * them.
 */
@Configuration(proxyBeanMethods = false)
public class EmbeddedConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedConfiguration.class);

	@Bean
	@Lazy
	Home home(GennakerProperties properties) {
		return Home.open(properties.home());
	}

	@Bean
	@Conditional(NoDatabaseGiven.class)
	EmbeddedDatabase embeddedDatabase(Home home) {
		return EmbeddedDatabase.start(home);
	}

	/** Spring Boot's own pool connects by these. */
	@Bean
	@Conditional(NoDatabaseGiven.class)
	JdbcConnectionDetails embeddedDatabaseConnection(EmbeddedDatabase database) {
		return new JdbcConnectionDetails() {
			@Override
			public String getJdbcUrl() {
				return database.jdbcUrl();
			}

			@Override
			public String getUsername() {
				return database.user();
			}

			@Override
			public String getPassword() {
				return database.password();
			}
		};
	}

	@Bean
	@Conditional(NoTemporalGiven.class)
	EmbeddedTemporal embeddedTemporal(Home home) {
		EmbeddedTemporal temporal = EmbeddedTemporal.start(home);
		logger.info("{}", temporal.words());
		return temporal;
	}

	@Bean
	@Conditional(NoTemporalGiven.class)
	TemporalEndpoint embeddedTemporalEndpoint(EmbeddedTemporal temporal) {
		return temporal.endpoint();
	}

	/** Whether the service must bring its own database. */
	static final class NoDatabaseGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !context.getEnvironment().containsProperty("spring.datasource.url");
		}

	}

	/** Whether the service must bring its own Temporal. */
	static final class NoTemporalGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !context.getEnvironment().containsProperty("spring.temporal.connection.target");
		}

	}

}
