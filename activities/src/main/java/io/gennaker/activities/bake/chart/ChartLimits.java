package io.gennaker.activities.bake.chart;

/**
 * How large a chart may be.
 *
 * @param bytes of all its files, unpacked, subcharts included
 * @param entries how many files and folders an archive may hold, subcharts included
 * @param depth how many names a path may have
 */
public record ChartLimits(long bytes, int entries, int depth) {

	public ChartLimits {
		if (bytes < 1 || entries < 1 || depth < 1) {
			throw new IllegalArgumentException("a chart's limits must be at least 1, not " + bytes + " bytes, "
					+ entries + " entries, depth " + depth);
		}
	}

	/**
	 * 32 MiB in 5,000 entries, 24 names deep.
	 */
	public static ChartLimits defaults() {
		return new ChartLimits(32L * 1024 * 1024, 5000, 24);
	}

}
