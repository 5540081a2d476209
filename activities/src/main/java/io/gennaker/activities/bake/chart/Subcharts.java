package io.gennaker.activities.bake.chart;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the archives in {@code charts/} into folders, which is the same to Helm, so that
 * they are held to the same rules as their parent.
 */
final class Subcharts {

	private static final int DEEPEST = 8;

	private final ChartBudget budget;

	Subcharts(ChartBudget budget) {
		this.budget = budget;
	}

	SortedMap<String, byte[]> unpacked(SortedMap<String, byte[]> files) {
		return unpacked(files, 0);
	}

	private SortedMap<String, byte[]> unpacked(SortedMap<String, byte[]> files, int depth) {
		if (depth > DEEPEST) {
			throw this.budget.refused("has archives within archives, more than " + DEEPEST + " deep");
		}
		SortedMap<String, byte[]> all = new TreeMap<>();
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			if (isArchive(file.getKey())) {
				String folder = folder(file.getKey());
				SortedMap<String, byte[]> content = new ChartArchive(file.getKey(), this.budget).read(file.getValue());
				unpacked(content, depth + 1).forEach((name, bytes) -> put(all, folder + name, bytes));
			}
			else {
				put(all, file.getKey(), file.getValue());
			}
		}
		return all;
	}

	private void put(Map<String, byte[]> all, String name, byte[] bytes) {
		if (all.put(name, bytes) != null) {
			throw this.budget.refused("has '" + name + "' both in a folder and in an archive");
		}
	}

	/** Helm leaves out what begins with an underscore or a dot. */
	private static boolean isArchive(String file) {
		return file.matches("(charts/[^/]+/)*charts/[^/_.][^/]*\\.tgz");
	}

	private static String folder(String archive) {
		return archive.substring(0, archive.length() - ".tgz".length()) + "-archive/";
	}

}
