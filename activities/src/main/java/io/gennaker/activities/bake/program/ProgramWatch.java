package io.gennaker.activities.bake.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Kills a process which takes too long or too much memory.
 */
public final class ProgramWatch implements Runnable {

	private final Process process;

	private final Path status;

	private final long deadline;

	private final long memoryBytes;

	private final AtomicReference<@Nullable Excess> excess = new AtomicReference<>();

	/**
	 * Watches from now on, each time it is run.
	 * @param nanos how long the process may take
	 */
	public ProgramWatch(Process process, long nanos, long memoryBytes) {
		this.process = process;
		this.status = Path.of("/proc", String.valueOf(process.pid()), "status");
		this.deadline = System.nanoTime() + nanos;
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
		/** It held too much memory. */
		MEMORY

	}

}
