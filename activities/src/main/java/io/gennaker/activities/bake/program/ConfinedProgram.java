package io.gennaker.activities.bake.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gennaker.activities.bake.program.ProgramWatch.Excess;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A program that is run with nothing but its arguments and a folder: with an empty
 * environment, so without credentials or a PATH, with a proxy that does not exist, and
 * killed with all that it started when it passes a limit. Where {@code prlimit} is on the
 * PATH, the kernel holds the limit of memory too.
 */
public final class ConfinedProgram {

	private static final long WATCH_MILLIS = 10;

	private static final int ERROR_BYTES = 64 * 1024;

	private static final String NO_PROXY_THERE = "http://127.0.0.1:9";

	private final Path program;

	private final ProgramLimits limits;

	private final Map<String, String> surroundings;

	private final Optional<Path> prlimit = Programs.onPath("prlimit");

	public ConfinedProgram(Path program, ProgramLimits limits) {
		this(program, limits, Map.of("HTTP_PROXY", NO_PROXY_THERE, "HTTPS_PROXY", NO_PROXY_THERE));
	}

	private ConfinedProgram(Path program, ProgramLimits limits, Map<String, String> surroundings) {
		this.program = program;
		this.limits = limits;
		this.surroundings = Map.copyOf(surroundings);
	}

	/**
	 * The same program for what cannot be done without asking others.
	 * @param environment all that its environment holds beside its home
	 */
	public ConfinedProgram withNetwork(Map<String, String> environment) {
		return new ConfinedProgram(this.program, this.limits, environment);
	}

	/**
	 * Runs it to its end.
	 * @param folder where it works; also its home
	 * @throws BakeRefusedException if it passed a limit
	 * @throws IOException if it cannot be started
	 * @throws InterruptedException if the thread was interrupted; the program is gone
	 * then
	 */
	public Ended run(Path folder, List<String> arguments) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(folder.toFile());
		EmptyEnvironment.fill(builder.environment(), folder);
		builder.environment().put("GOMEMLIMIT", String.valueOf(this.limits.memoryBytes() * 3 / 4));
		builder.environment().putAll(this.surroundings);
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			return await(process);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private List<String> command(List<String> arguments) {
		List<String> command = new ArrayList<>();
		this.prlimit.ifPresent((path) -> command
			.addAll(List.of(path.toString(), "--data=" + this.limits.memoryBytes(), "--core=0", "--")));
		command.add(this.program.toString());
		command.addAll(arguments);
		return command;
	}

	private Ended await(Process process) throws IOException, InterruptedException {
		Reader output = new Reader(process, process.getInputStream(), this.limits.outputBytes(), true);
		Reader errors = new Reader(process, process.getErrorStream(), ERROR_BYTES, false);
		ProgramWatch watch = new ProgramWatch(process, this.limits.timeout().toNanos(), ProgramWatch.ANY,
				this.limits.memoryBytes());
		while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
			watch.run();
		}
		String printed = output.text();
		String complaints = errors.text();
		refuse(watch.excess(), output, complaints);
		return new Ended(process.exitValue(), printed, complaints.strip());
	}

	private void refuse(@Nullable Excess excess, Reader output, String complaints) {
		boolean noMemory = complaints.startsWith("fatal error:") && complaints.contains("out of memory")
				|| complaints.startsWith("fatal error: runtime: cannot allocate memory");
		if (excess == Excess.TIME) {
			throw new BakeRefusedException(
					"it took longer than " + this.limits.timeout().toMillis() / 1000.0 + " s and was stopped");
		}
		if (excess == Excess.MEMORY || noMemory) {
			throw new BakeRefusedException("it wanted more than " + this.limits.memoryBytes() / (1024 * 1024)
					+ " MiB of memory and was stopped");
		}
		if (output.passed()) {
			throw new BakeRefusedException(
					"it renders to more than " + this.limits.outputBytes() / 1024 + " KiB, which is the limit");
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param exit 0 for well
	 * @param output what it printed
	 * @param errors what it complained of, perhaps empty
	 */
	public record Ended(int exit, String output, String errors) {
	}

	/**
	 * Reads one of the program's streams, so that it never waits for its reader.
	 */
	private static final class Reader {

		private static final Duration PATIENCE = Duration.ofSeconds(10);

		private final Process process;

		private final InputStream stream;

		private final int limit;

		private final boolean strict;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private final AtomicBoolean passed = new AtomicBoolean();

		private final Thread thread;

		Reader(Process process, InputStream stream, int limit, boolean strict) {
			this.process = process;
			this.stream = stream;
			this.limit = limit;
			this.strict = strict;
			this.thread = Thread.ofPlatform().name("program-output").daemon().start(this::read);
		}

		private void read() {
			byte[] buffer = new byte[16 * 1024];
			try {
				for (int count = this.stream.read(buffer); count >= 0; count = this.stream.read(buffer)) {
					take(buffer, count);
				}
			}
			catch (IOException ex) {
				// It was killed, and with it what it had still to say.
				return;
			}
		}

		private void take(byte[] buffer, int count) {
			synchronized (this.bytes) {
				this.bytes.write(buffer, 0, Math.min(count, this.limit - this.bytes.size()));
				if (this.bytes.size() == this.limit && this.strict && !this.passed.getAndSet(true)) {
					this.process.destroyForcibly();
				}
			}
		}

		boolean passed() {
			return this.passed.get();
		}

		/** A grandchild that holds the stream open must not be waited for. */
		String text() throws InterruptedException {
			this.thread.join(PATIENCE);
			synchronized (this.bytes) {
				return this.bytes.toString(StandardCharsets.UTF_8);
			}
		}

	}

}
