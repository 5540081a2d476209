package io.gennaker.activities.bake.chart;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * Counts what a chart takes, with all that is packed in it, and refuses one that takes
 * too much or leads elsewhere.
 */
final class ChartBudget {

	private final String chart;

	private final ChartLimits limits;

	private long bytes;

	private int entries;

	ChartBudget(String chart, ChartLimits limits) {
		this.chart = chart;
		this.limits = limits;
	}

	/**
	 * Counts a file or folder.
	 * @param name its path within the chart
	 */
	void entry(String name) {
		this.entries++;
		if (this.entries > this.limits.entries()) {
			throw refused("has more than " + this.limits.entries() + " entries, which is the limit");
		}
		check(name);
	}

	void bytes(long count) {
		this.bytes += count;
		if (this.bytes > this.limits.bytes()) {
			throw refused("is larger than " + this.limits.bytes() / 1024 + " KiB unpacked, which is the limit");
		}
	}

	private void check(String name) {
		String[] names = name.split("/", -1);
		if (names.length > this.limits.depth()) {
			throw refused("has a path with more than " + this.limits.depth() + " names, which is the limit");
		}
		if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
			throw refused("has an entry with the absolute path '" + name + "'");
		}
		for (String each : names) {
			if (each.isEmpty() || each.equals(".") || each.equals("..") || each.indexOf('\\') >= 0
					|| each.chars().anyMatch((c) -> c < ' ')) {
				throw refused("has an entry '" + printable(name) + "', which is not a path inside the chart");
			}
		}
	}

	private static String printable(String name) {
		return name.replaceAll("\\p{Cntrl}", "?");
	}

	BakeRefusedException refused(String reason) {
		return new BakeRefusedException("chart " + this.chart + " " + reason);
	}

}
