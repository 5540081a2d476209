package io.gennaker.activities.bake.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Kills a process which takes too long, too much of the processors' time or too much
 * memory.
 */
public final class ProgramWatch implements Runnable {

	/** More of the processors' time than any process takes. */
	public static final Duration ANY = Duration.ofDays(365);

	private final Process process;

	private final Path status;

	private final long deadline;

	private final Duration processorTime;

	private final long memoryBytes;

	private final AtomicReference<@Nullable Excess> excess = new AtomicReference<>();

	private @Nullable Duration spentBefore;

	/**
	 * Watches from now on, each time it is run.
	 * @param nanos how long the process may take
	 * @param processorTime how much of the processors' time it may take beyond what it
	 * has taken at the first run; {@link #ANY} sets no limit
	 * @param memoryBytes how much memory of its own it may hold
	 */
	public ProgramWatch(Process process, long nanos, Duration processorTime, long memoryBytes) {
		this.process = process;
		this.status = Path.of("/proc", String.valueOf(process.pid()), "status");
		this.deadline = System.nanoTime() + nanos;
		this.processorTime = processorTime;
		this.memoryBytes = memoryBytes;
	}

	@Override
	public void run() {
		if (System.nanoTime() - this.deadline > 0) {
			kill(Excess.TIME);
		}
		else if (ownMemory() > this.memoryBytes) {
			kill(Excess.MEMORY);
		}
		else if (spent().compareTo(this.processorTime) > 0) {
			kill(Excess.PROCESSOR_TIME);
		}
	}

	/** None where the platform does not tell. */
	private Duration spent() {
		Duration spent = this.process.info().totalCpuDuration().orElse(Duration.ZERO);
		if (this.spentBefore == null) {
			this.spentBefore = spent;
		}
		return spent.minus(this.spentBefore);
	}

	private void kill(Excess reason) {
		this.excess.compareAndSet(null, reason);
		this.process.destroyForcibly();
	}

	/**
	 * What it was killed for, or nothing.
	 */
	public @Nullable Excess excess() {
		return this.excess.get();
	}

	/**
	 * The process's memory without that of mapped files, which its siblings share, in
	 * bytes; 0 where the platform does not tell.
	 */
	private long ownMemory() {
		try {
			for (String line : Files.readAllLines(this.status)) {
				if (line.startsWith("RssAnon:")) {
					return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
				}
			}
		}
		catch (IOException ex) {
			return 0;
		}
		return 0;
	}

	/**
	 * What there was too much of.
	 */
	public enum Excess {

		/** It took too long. */
		TIME,
		/** It took too much of the processors' time. */
		PROCESSOR_TIME,
		/** It held too much memory. */
		MEMORY

	}

}
