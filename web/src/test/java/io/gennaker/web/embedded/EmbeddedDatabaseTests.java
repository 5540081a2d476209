package io.gennaker.web.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedDatabaseTests {

	@TempDir
	Path folder;

	@Test
	void aRestartKeepsItsRowsAndItAsksForThePassword() throws Exception {
		try (Home home = Home.open(this.folder.resolve("home").toString())) {
			try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
				execute(database, "create table kept (word text)");
				execute(database, "insert into kept values ('here')");
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "wrong"));
				assertThat(setting(database, "fsync")).isEqualTo("on");
			}
			// What a number that belongs to someone else by now looks like.
			Files.writeString(home.path().resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");
			try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
				assertThat(word(database)).isEqualTo("here");
			}
		}
	}

	@Test
	void theServerOfAKilledServiceIsStoppedFirst() throws Exception {
		String setting = this.folder.resolve("home").toString();
		Process service = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), DatabaseProcess.class.getName(), setting)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(service.inputReader().lines()).contains(DatabaseProcess.READY);
		service.destroyForcibly().waitFor();
		try (Home home = Home.open(setting)) {
			Path pidFile = home.path().resolve("postgres/postmaster.pid");
			ProcessHandle leftOver = ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
				.orElseThrow();
			try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
				assertThat(leftOver.isAlive()).isFalse();
				assertThat(word(database)).isEqualTo("here");
			}
		}
	}

	/**
	 * A service with nothing but its database.
	 */
	static final class DatabaseProcess {

		static final String READY = "the row is there";

		public static void main(String[] arguments) throws Exception {
			EmbeddedDatabase database = EmbeddedDatabase.start(Home.open(arguments[0]));
			execute(database, "create table kept (word text)");
			execute(database, "insert into kept values ('here')");
			System.out.println(READY);
			System.out.close();
			System.in.read();
		}

	}

	private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String word(EmbeddedDatabase database) throws SQLException {
		return query(database, "select word from kept");
	}

	private static String setting(EmbeddedDatabase database, String name) throws SQLException {
		return query(database, "show " + name);
	}

	private static String query(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	private static Connection connect(EmbeddedDatabase database) throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
	}

}
