package io.gennaker.web.embedded;

import io.gennaker.web.temporal.TemporalEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Brings what no property names, each only then. Where the application began with
 * {@link HeadStart}, it is on its way already. Spring stops them after whatever uses
 * them.
 */
@Configuration(proxyBeanMethods = false)
public class EmbeddedConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedConfiguration.class);

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	HeadStart headStart(Environment settings) {
		return new HeadStart(settings);
	}

	@Bean(destroyMethod = "")
	@Lazy
	Home home(HeadStart start) {
		return start.home();
	}

	@Bean
	@Conditional(NoDatabaseGiven.class)
	EmbeddedDatabase embeddedDatabase(HeadStart start) {
		return start.database();
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
	EmbeddedTemporal embeddedTemporal(HeadStart start) {
		EmbeddedTemporal temporal = start.temporal();
		logger.info("{}", temporal.words());
		return temporal;
	}

	@Bean
	@Conditional(NoTemporalGiven.class)
	TemporalEndpoint embeddedTemporalEndpoint(EmbeddedTemporal temporal) {
		return temporal.endpoint();
	}

	/** Whether the service must bring its own database. */
	static boolean bringsDatabase(Environment settings) {
		return !settings.containsProperty("spring.datasource.url");
	}

	/** Whether the service must bring its own Temporal. */
	static boolean bringsTemporal(Environment settings) {
		return !settings.containsProperty("spring.temporal.connection.target");
	}

	static final class NoDatabaseGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return bringsDatabase(context.getEnvironment());
		}

	}

	static final class NoTemporalGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return bringsTemporal(context.getEnvironment());
		}

	}

}
