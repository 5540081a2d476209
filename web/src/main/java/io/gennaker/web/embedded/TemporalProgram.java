package io.gennaker.web.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.gennaker.workflows.temporal.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/**
 * {@code temporal server start-dev} as a child process.
 */
final class TemporalProgram implements Closeable {

	static final String LOG = "temporal.log";

	private static final String PID_FILE = "temporal.pid";

	private static final Duration START_WITHIN = Duration.ofSeconds(30);

	private final Home home;

	private final Process process;

	private final int port;

	private final Thread stopAtExit;

	private TemporalProgram(Home home, Process process, int port) {
		this.home = home;
		this.process = process;
		this.port = port;
		this.stopAtExit = new Thread(process::destroy, "stop-temporal");
	}

	static TemporalProgram start(Home home, Path program) throws IOException {
		stopLeftOver(home);
		int port = freePort();
		Process process = new ProcessBuilder(command(home, program, port)).redirectErrorStream(true)
			.redirectOutput(home.file(LOG).toFile())
			.start();
		TemporalProgram started = new TemporalProgram(home, process, port);
		Runtime.getRuntime().addShutdownHook(started.stopAtExit);
		Files.writeString(home.file(PID_FILE),
				process.pid() + " " + process.info().startInstant().map(Instant::toString).orElse("?") + "\n");
		try {
			started.awaitAnswer();
			return started;
		}
		catch (RuntimeException ex) {
			started.close();
			throw new IOException("It gave no answer on port " + port + " within " + START_WITHIN.toSeconds() + " s",
					ex);
		}
	}

	String target() {
		return "127.0.0.1:" + this.port;
	}

	Path database() {
		return database(this.home);
	}

	@Override
	public void close() throws IOException {
		new LeftOverProcess(this.process.toHandle()).stop("Temporal program");
		Files.deleteIfExists(this.home.file(PID_FILE));
		try {
			Runtime.getRuntime().removeShutdownHook(this.stopAtExit);
		}
		catch (IllegalStateException ex) {
			// The machine is going down already, and the hook with it.
			return;
		}
	}

	private static Path database(Home home) {
		return home.file("temporal.db");
	}

	private static List<String> command(Home home, Path program, int port) {
		List<String> command = new ArrayList<>(List.of(program.toString(), "server", "start-dev", "--ip", "127.0.0.1",
				"--port", Integer.toString(port), "--headless", "--db-filename", database(home).toString(),
				"--log-level", "error"));
		SearchAttributes.ALL.forEach((key) -> {
			command.add("--search-attribute");
			command.add(key.getName() + "=Keyword");
		});
		return command;
	}

	/**
	 * Ends the server of a run that was killed: two on one file would damage it. A
	 * process that merely has its number by now is told by the time it began.
	 */
	private static void stopLeftOver(Home home) throws IOException {
		Path file = home.file(PID_FILE);
		if (!Files.exists(file)) {
			return;
		}
		String[] parts = Files.readString(file).strip().split(" ");
		if (parts.length == 2 && parts[0].matches("\\d{1,18}")) {
			Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]));
			process.filter((one) -> one.info().startInstant().map(Instant::toString).orElse("").equals(parts[1]))
				.ifPresent((one) -> new LeftOverProcess(one).stop("Temporal program"));
		}
		Files.delete(file);
	}

	private void awaitAnswer() {
		WorkflowServiceStubs stubs = WorkflowServiceStubs.newConnectedServiceStubs(
				WorkflowServiceStubsOptions.newBuilder().setTarget(target()).build(), START_WITHIN);
		stubs.shutdownNow();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
