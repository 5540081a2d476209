package io.gennaker.pipelines;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Asserts that something takes little time of the processor, however busy the machine.
 */
public final class Soon {

	private static final Duration LONGEST = Duration.ofSeconds(2);

	private static final Duration HANGS = Duration.ofMinutes(1);

	private Soon() {
	}

	/**
	 * What the work gives, within two seconds of processor time.
	 */
	public static <T> T soon(Supplier<T> work) {
		return assertTimeoutPreemptively(HANGS, () -> {
			long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			T result = work.get();
			long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
			assertThat(Duration.ofNanos(spent)).isLessThan(LONGEST);
			return result;
		});
	}

}
