package io.gennaker.web.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that the service starts and stops, with its data under the home
 * folder. It listens on the loopback interface and asks for a password.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private static final String PASSWORD_FILE = "postgres-password";

	private static final String HOST_ACCESS = """
			# Written at each start: whoever connects needs the password.
			host all all 127.0.0.1/32 scram-sha-256
			host all all ::1/128 scram-sha-256
			""";

	private final EmbeddedPostgres postgres;

	private final String password;

	private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
		this.postgres = postgres;
		this.password = password;
	}

	/**
	 * Starts the database; the first time it makes it.
	 * @throws UncheckedIOException if it does not start
	 */
	public static EmbeddedDatabase start(Home home) {
		Path data = home.path().resolve("postgres");
		try {
			dropUnfinished(data);
			stopLeftOver(data);
			String password = password(home, data);
			return new EmbeddedDatabase(launch(home, data, password), password);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start on " + data
					+ ". Its log is above; another database can be given by spring.datasource.url.", ex);
		}
	}

	/** Where JDBC finds it. */
	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.postgres.getPort() + "/postgres";
	}

	/** Its only user. */
	public String user() {
		return "postgres";
	}

	/** That user's password. */
	public String password() {
		return this.password;
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL did not stop cleanly", ex);
		}
	}

	private static EmbeddedPostgres launch(Home home, Path data, String password) throws IOException {
		return EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(home.folder("postgres-program").toFile())
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofSeconds(60))
			// Passed on to initdb: the password is there before anyone can connect.
			.setLocaleConfig("pwfile", home.file(PASSWORD_FILE).toString())
			.setConnectConfig("password", password)
			.setDataDirectoryCustomizer(EmbeddedDatabase::requirePassword)
			// The library turns it off for speed, which is no way to keep data.
			.setServerConfig("fsync", "on")
			.setServerConfig("listen_addresses", "127.0.0.1")
			.setServerConfig("unix_socket_directories", "")
			.start();
	}

	private static void requirePassword(File data) {
		try {
			Files.writeString(data.toPath().resolve("pg_hba.conf"), HOST_ACCESS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String password(Home home, Path data) throws IOException {
		Path file = home.file(PASSWORD_FILE);
		if (Files.exists(data.resolve("postgresql.conf"))) {
			return Files.readString(file).strip();
		}
		byte[] random = new byte[24];
		new SecureRandom().nextBytes(random);
		String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		home.writeSecret(PASSWORD_FILE, password + "\n");
		return password;
	}

	/** A kill in the midst of making the database leaves a folder that is none yet. */
	private static void dropUnfinished(Path data) throws IOException {
		boolean finished = Files.exists(data.resolve("global").resolve("pg_control"))
				&& Files.exists(data.resolve("postgresql.conf"));
		if (Files.exists(data) && !finished) {
			logger.info("Making the embedded PostgreSQL anew: its first start was interrupted");
			try (var files = Files.walk(data)) {
				for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private static void stopLeftOver(Path data) throws IOException {
		Path pidFile = data.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return;
		}
		List<String> lines = Files.readAllLines(pidFile);
		Optional<ProcessHandle> process = lines.isEmpty() ? Optional.empty() : handle(lines.getFirst());
		if (process.filter((one) -> isServerOf(one, data)).isPresent()) {
			new LeftOverProcess(process.get()).stop("PostgreSQL");
		}
		// Else the number is another process's by now, for which PostgreSQL would refuse
		// to start.
		Files.deleteIfExists(pidFile);
	}

	private static Optional<ProcessHandle> handle(String pid) {
		try {
			return ProcessHandle.of(Long.parseLong(pid.strip()));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	private static boolean isServerOf(ProcessHandle process, Path data) {
		String command = process.info().command().orElse("");
		boolean postgres = Path.of(command).getFileName() != null
				&& Path.of(command).getFileName().toString().startsWith("postgres");
		String line = process.info().commandLine().orElse("");
		// Some systems do not tell the arguments; then the program's name has to do.
		return line.isEmpty() ? postgres : line.contains("postgres") && line.contains(data.toString());
	}

}
