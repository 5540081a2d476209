package io.gennaker.activities.bake.source;

import java.util.ArrayDeque;
import java.util.Deque;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * The paths of {@code file://} dependencies.
 */
final class RelativePath {

	private RelativePath() {
	}

	/**
	 * Where a path leads.
	 * @param from a folder of the source, empty for the source itself
	 * @param relative with {@code ..}, perhaps
	 * @return a folder of the source, empty for the source itself
	 * @throws BakeRefusedException if it leads outside of the source
	 */
	static String resolve(String from, String relative) {
		if (relative.startsWith("/") || relative.contains("\\") || relative.indexOf('\0') >= 0) {
			throw leaves(relative);
		}
		Deque<String> names = new ArrayDeque<>();
		for (String name : (from + "/" + relative).split("/")) {
			if (name.equals("..")) {
				if (names.pollLast() == null) {
					throw leaves(relative);
				}
			}
			else if (!name.isEmpty() && !name.equals(".")) {
				names.addLast(name);
			}
		}
		return String.join("/", names);
	}

	static BakeRefusedException leaves(String relative) {
		return new BakeRefusedException("the dependency file://" + relative
				+ " leads outside of the chart's source, where nothing is read; vendor it in charts/");
	}

}
