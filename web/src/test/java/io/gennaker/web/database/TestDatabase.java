package io.gennaker.web.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One real PostgreSQL for all tests of a JVM; each caller gets a database of its own with
 * the schema in place.
 */
public final class TestDatabase {

	private static final String TEMPLATE = "gennaker_template";

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final EmbeddedPostgres POSTGRES = start();

	private TestDatabase() {
	}

	/**
	 * A new database with the schema. Whoever asks closes it.
	 */
	public static HikariDataSource create() {
		String name = "test_" + COUNT.incrementAndGet();
		JdbcClient.create(POSTGRES.getPostgresDatabase())
			.sql("create database " + name + " template " + TEMPLATE)
			.update();
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url(name));
		config.setUsername("postgres");
		config.setMaximumPoolSize(12);
		config.setMinimumIdle(1);
		return new HikariDataSource(config);
	}

	/**
	 * Where a new database without a table is, for who connects and migrates by
	 * themselves.
	 */
	public static String createEmpty() {
		String name = "test_" + COUNT.incrementAndGet();
		JdbcClient.create(POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
		return url(name);
	}

	private static String url(String database) {
		return POSTGRES.getJdbcUrl("postgres", database);
	}

	private static EmbeddedPostgres start() {
		try {
			EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
			JdbcClient.create(postgres.getPostgresDatabase()).sql("create database " + TEMPLATE).update();
			Flyway.configure()
				.dataSource(postgres.getJdbcUrl("postgres", TEMPLATE), "postgres", "postgres")
				.load()
				.migrate();
			return postgres;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
