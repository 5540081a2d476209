package io.gennaker.activities.bake.renderer;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What rendering may take.
 *
 * @param processes how many child processes there are at most
 * @param timeout how long one rendering may take
 * @param processorTime how much of the processors' time the rendering of a small chart
 * may take, see {@link #processorTime(long)}; looping charts are told by it, however busy
 * the machine is
 * @param startTimeout how long a child process may take to get ready
 * @param memoryBytes how much memory of its own a child process may hold; watched on
 * Linux, elsewhere the native library only collects its garbage harder
 * @param outputBytes how long the output of one rendering may be
 * @param kubeVersion the version of Kubernetes that templates see, such as
 * {@code v1.34.0}
 * @param folder where the child processes' files go, in a folder of their own that is
 * deleted at the end
 */
public record RenderLimits(int processes, Duration timeout, Duration processorTime, Duration startTimeout,
		long memoryBytes, int outputBytes, String kubeVersion, Path folder) {

	/** 1 MiB. */
	private static final int MIB = 1024 * 1024;

	public RenderLimits {
		require(processes >= 1, "processes must be at least 1, not " + processes);
		require(timeout.isPositive(), "timeout must be more than 0, not " + timeout);
		require(processorTime.isPositive(), "processorTime must be more than 0, not " + processorTime);
		require(startTimeout.isPositive(), "startTimeout must be more than 0, not " + startTimeout);
		require(memoryBytes >= 256L * MIB, "memoryBytes must be at least 256 MiB, not " + memoryBytes);
		require(outputBytes >= 1024 && outputBytes <= 256 * MIB,
				"outputBytes must be between 1 KiB and 256 MiB, not " + outputBytes);
		require(kubeVersion.matches("v\\d+\\.\\d+\\.\\d+"), "kubeVersion must be like v1.34.0, not " + kubeVersion);
	}

	/**
	 * One process per core, 20 s, of which 1.2 s of the processors', 1 GiB, 64 MiB of
	 * output.
	 */
	public static RenderLimits defaults() {
		return new RenderLimits(Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(20),
				Duration.ofMillis(1200), Duration.ofSeconds(60), 1024L * MIB, 64 * MIB, "v1.34.0",
				Path.of(System.getProperty("java.io.tmpdir")));
	}

	public RenderLimits withProcesses(int count) {
		return new RenderLimits(count, this.timeout, this.processorTime, this.startTimeout, this.memoryBytes,
				this.outputBytes, this.kubeVersion, this.folder);
	}

	public RenderLimits withTimeout(Duration limit) {
		return new RenderLimits(this.processes, limit, this.processorTime, this.startTimeout, this.memoryBytes,
				this.outputBytes, this.kubeVersion, this.folder);
	}

	public RenderLimits withProcessorTime(Duration limit) {
		return new RenderLimits(this.processes, this.timeout, limit, this.startTimeout, this.memoryBytes,
				this.outputBytes, this.kubeVersion, this.folder);
	}

	/**
	 * How much of the processors' time a rendering may take: as much again for each MiB
	 * that goes into it.
	 * @param bytes of the chart and its values
	 */
	public Duration processorTime(long bytes) {
		return this.processorTime.plus(this.processorTime.multipliedBy(bytes).dividedBy(MIB));
	}

	public RenderLimits withMemoryBytes(long limit) {
		return new RenderLimits(this.processes, this.timeout, this.processorTime, this.startTimeout, limit,
				this.outputBytes, this.kubeVersion, this.folder);
	}

	public RenderLimits withOutputBytes(int limit) {
		return new RenderLimits(this.processes, this.timeout, this.processorTime, this.startTimeout, this.memoryBytes,
				limit, this.kubeVersion, this.folder);
	}

	public RenderLimits withFolder(Path place) {
		return new RenderLimits(this.processes, this.timeout, this.processorTime, this.startTimeout, this.memoryBytes,
				this.outputBytes, this.kubeVersion, place);
	}

	private static void require(boolean holds, String message) {
		if (!holds) {
			throw new IllegalArgumentException(message);
		}
	}

}
