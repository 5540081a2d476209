package io.gennaker.activities.bake.program;

import java.time.Duration;

/**
 * What one run of a program may take.
 *
 * @param timeout how long it may run
 * @param memoryBytes how much memory of its own it may hold; held on Linux
 * @param outputBytes how much it may print
 */
public record ProgramLimits(Duration timeout, long memoryBytes, int outputBytes) {

	public ProgramLimits {
		if (!timeout.isPositive() || memoryBytes < 1 || outputBytes < 1) {
			throw new IllegalArgumentException("a program's limits must be more than 0, not " + timeout + ", "
					+ memoryBytes + " bytes of memory, " + outputBytes + " bytes of output");
		}
	}

}
