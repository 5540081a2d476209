package io.gennaker.web.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.gennaker.web.temporal.TemporalEndpoint;
import io.gennaker.web.temporal.TemporalEndpoint.KeptBy;

/**
 * A Temporal that the service starts and stops: the {@code temporal} program where there
 * is one, else a server in this process, which forgets everything when it ends. Both
 * listen on the loopback interface.
 */
public final class EmbeddedTemporal implements Closeable {

	private static final String NAMESPACE = "default";

	private final TemporalEndpoint endpoint;

	private final String words;

	private final Closeable server;

	private EmbeddedTemporal(TemporalEndpoint endpoint, String words, Closeable server) {
		this.endpoint = endpoint;
		this.words = words;
		this.server = server;
	}

	/**
	 * Starts the program if it is on the {@code PATH}, else a server in this process.
	 * @throws UncheckedIOException if it does not start
	 */
	public static EmbeddedTemporal start(Home home) {
		return onPath(System.getenv().getOrDefault("PATH", "")).map((program) -> startProgram(home, program))
			.orElseGet(EmbeddedTemporal::startInProcess);
	}

	/**
	 * Starts the program, with its state in a file of the home folder.
	 * @throws UncheckedIOException if it does not start
	 */
	static EmbeddedTemporal startProgram(Home home, Path program) {
		try {
			TemporalProgram started = TemporalProgram.start(home, program);
			return new EmbeddedTemporal(new TemporalEndpoint(started.target(), NAMESPACE, KeptBy.PROGRAM, true),
					"Temporal runs as " + program + " and keeps its state in " + started.database()
							+ ": executions under way go on after a restart.",
					started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The program " + program + " does not start; its log is " + home.file(TemporalProgram.LOG), ex);
		}
	}

	/**
	 * Starts the server in this process.
	 * @throws UncheckedIOException if no port can be bound
	 */
	static EmbeddedTemporal startInProcess() {
		try {
			InProcessTemporal started = InProcessTemporal.start();
			return new EmbeddedTemporal(new TemporalEndpoint(started.target(), NAMESPACE, KeptBy.PROCESS, false),
					"Temporal runs inside this process and keeps nothing: executions that are under way when the service"
							+ " stops are lost. With the program temporal on the PATH they go on.",
					started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No Temporal can be started in this process", ex);
		}
	}

	/** Where it is, and who keeps its state. */
	public TemporalEndpoint endpoint() {
		return this.endpoint;
	}

	/** Host and port. */
	public String target() {
		return this.endpoint.target();
	}

	/** {@code PROGRAM} or {@code PROCESS}. */
	public KeptBy kind() {
		return this.endpoint.keptBy();
	}

	/** What a person should know of it: a sentence for the log and the page. */
	public String words() {
		return this.words;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** The program in the first of those folders that has it. */
	static Optional<Path> onPath(String path) {
		return Stream.of(path.split(java.io.File.pathSeparator))
			.filter((folder) -> !folder.isEmpty())
			.flatMap((folder) -> Stream.of("temporal", "temporal.exe").map((name) -> Path.of(folder, name)))
			.filter((program) -> Files.isRegularFile(program) && Files.isExecutable(program))
			.findFirst();
	}

}
