package io.gennaker.web.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The service as a process of its own, from the jar that the build made.
 */
final class ServiceProcess implements AutoCloseable {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private final List<String> arguments;

	private final int port;

	private final Path output;

	private Process process;

	private ServiceProcess(int port, Path output, List<String> arguments) {
		this.port = port;
		this.output = output;
		this.arguments = arguments;
	}

	/**
	 * Starts it and waits until it answers.
	 */
	static ServiceProcess start(int port, Path folder, String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=" + port, "--gennaker.home=" + folder.resolve("home")));
		all.addAll(List.of(arguments));
		ServiceProcess service = new ServiceProcess(port, folder.resolve("service.log"), all);
		service.startAgain();
		return service;
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path root() {
		return ROOT;
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	ApiClient api(String user, String password) {
		return new ApiClient(this, user, password);
	}

	void startAgain() {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElse("java"), "--enable-native-access=ALL-UNNAMED",
						"--sun-misc-unsafe-memory-access=allow", "-jar", jar().toString()));
		command.addAll(this.arguments);
		try {
			ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.output.toFile()));
			// Without the temporal program, which would keep executions over a restart.
			builder.environment().put("PATH", "/usr/bin:/bin");
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await("the service's health; its log is " + this.output)
			.atMost(Duration.ofSeconds(120))
			.pollInterval(Duration.ofMillis(200))
			.failFast("the service ended; its log is " + this.output, () -> !this.process.isAlive())
			.until(() -> ApiClient.answers(uri("/actuator/health")));
	}

	/**
	 * Ends it at once, as a power cut would.
	 */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	String log() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path jar() {
		try (Stream<Path> files = Files.list(ROOT.resolve("web/target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("gennaker-web-.*\\.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("web/target holds no jar: run 'mvn verify'"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
