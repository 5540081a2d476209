package io.gennaker.activities.bake.renderer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.gennaker.activities.bake.program.EmptyEnvironment;
import io.gennaker.activities.bake.program.ProgramWatch;
import io.gennaker.activities.bake.program.WorkFolder;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.child.HelmProcess;
import io.gennaker.activities.bake.renderer.child.RenderAnswer;
import io.gennaker.activities.bake.renderer.child.RenderCall;
import org.jspecify.annotations.Nullable;

/**
 * One warm child process. For one thread at a time.
 */
final class HelmChild implements AutoCloseable {

	private static final long WATCH_MILLIS = 10;

	private final Process process;

	private final Path folder;

	private final RenderLimits limits;

	private final ScheduledExecutorService watchers;

	private final DataOutputStream calls;

	private final DataInputStream answers;

	private final Thread errors;

	private volatile String crash = "";

	private volatile boolean retired;

	private HelmChild(Process process, Path folder, RenderLimits limits, ScheduledExecutorService watchers) {
		this.process = process;
		this.folder = folder;
		this.limits = limits;
		this.watchers = watchers;
		this.calls = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
		this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
		this.errors = Thread.ofPlatform().name("helm-child-errors").daemon().start(this::drainErrors);
	}

	/**
	 * Starts a process and waits until it is warm.
	 */
	static HelmChild start(RendererFolder renderer, RenderLimits limits, ScheduledExecutorService watchers)
			throws IOException {
		Path folder = renderer.work().newFolder("child");
		ProcessBuilder builder = new ProcessBuilder(command(renderer, limits, folder)).directory(folder.toFile());
		EmptyEnvironment.fill(builder.environment(), folder);
		builder.environment().put("GOMEMLIMIT", String.valueOf(limits.memoryBytes() * 3 / 4));
		// A render is short and its garbage small: collecting it less often saves time.
		builder.environment().put("GOGC", "400");
		HelmChild child = new HelmChild(builder.start(), folder, limits, watchers);
		try {
			RenderAnswer warm = child.answer(limits.startTimeout(), ProgramWatch.ANY);
			if (!warm.rendered()) {
				throw new IllegalStateException("a Helm process does not get ready: " + warm.text());
			}
			return child;
		}
		catch (IOException | RuntimeException ex) {
			child.close();
			throw ex;
		}
	}

	private static List<String> command(RendererFolder renderer, RenderLimits limits, Path folder) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData",
				"-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("crash"),
				"--enable-native-access=ALL-UNNAMED", "-Djna.encoding=UTF-8", "-Djna.nosys=true",
				"-Djna.tmpdir=" + folder, "-Djava.io.tmpdir=" + folder, "-cp", renderer.jar().toString(),
				HelmProcess.class.getName(), renderer.library().toString(), limits.kubeVersion());
	}

	Path folder() {
		return this.folder;
	}

	boolean isAlive() {
		return !this.retired && this.process.isAlive();
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Renders.
	 * @param processorTime how much of the processors' time it may take
	 * @throws BakeRefusedException if it passes a limit; the process is gone then
	 * @throws ChildDiedException if the process ended by itself
	 */
	RenderAnswer render(RenderCall call, Duration processorTime) throws IOException {
		try {
			call.write(this.calls);
			this.calls.flush();
		}
		catch (IOException ex) {
			throw new ChildDiedException("a Helm process was gone before it got its work");
		}
		return answer(this.limits.timeout(), processorTime);
	}

	private RenderAnswer answer(Duration time, Duration processorTime) throws IOException {
		ProgramWatch watch = new ProgramWatch(this.process, time.toNanos(), processorTime, this.limits.memoryBytes());
		ScheduledFuture<?> watching = this.watchers.scheduleWithFixedDelay(watch, WATCH_MILLIS, WATCH_MILLIS,
				TimeUnit.MILLISECONDS);
		try {
			return RenderAnswer.read(this.answers, this.limits.outputBytes());
		}
		catch (RenderAnswer.AnswerTooLongException ex) {
			retire();
			throw new BakeRefusedException(
					"it renders to more than " + this.limits.outputBytes() / 1024 + " KiB, which is the limit", ex);
		}
		catch (IOException ex) {
			retire();
			throw ended(watch.excess(), processorTime);
		}
		finally {
			watching.cancel(false);
		}
	}

	/**
	 * Whatever comes after a broken answer would be misread.
	 */
	private void retire() {
		this.retired = true;
		this.process.destroyForcibly();
	}

	private IOException ended(ProgramWatch.@Nullable Excess excess, Duration processorTime) {
		awaitErrors();
		return switch (excess) {
			case null -> new ChildDiedException("a Helm process ended in the midst of its work" + this.crash);
			case TIME -> throw new BakeRefusedException(
					"it took longer than " + seconds(this.limits.timeout()) + " and was stopped");
			case PROCESSOR_TIME -> throw new BakeRefusedException("it took more than " + seconds(processorTime)
					+ " of the processor's time, as if it did not end, and was stopped");
			case MEMORY -> throw new BakeRefusedException("it wanted more than "
					+ this.limits.memoryBytes() / (1024 * 1024) + " MiB of memory and was stopped");
		};
	}

	private void awaitErrors() {
		try {
			this.errors.join(Duration.ofSeconds(1));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String seconds(Duration time) {
		return time.toMillis() / 1000.0 + " s";
	}

	/**
	 * Keeps of what the process says only the first line of a crash of Go's, which holds
	 * nothing of the chart.
	 */
	private void drainErrors() {
		try (BufferedReader errors = new BufferedReader(
				new InputStreamReader(this.process.getErrorStream(), StandardCharsets.UTF_8))) {
			for (String line = errors.readLine(); line != null; line = errors.readLine()) {
				if (this.crash.isEmpty() && (line.startsWith("fatal error: ") || line.startsWith("runtime: "))) {
					this.crash = ": " + line;
				}
			}
		}
		catch (IOException ex) {
			// The process is gone, and with it all that it could still say.
			return;
		}
	}

	/**
	 * Kills the process and deletes its folder.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
			WorkFolder.delete(this.folder);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
