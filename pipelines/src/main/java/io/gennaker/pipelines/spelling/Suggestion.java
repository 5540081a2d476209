package io.gennaker.pipelines.spelling;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was probably meant by a name that is not known.
 */
public final class Suggestion {

	/** Longer words are not compared: the work grows with the square of the length. */
	private static final int LONGEST = 64;

	private static final int MOST_COMPARED = 300;

	private static final int MOST_LISTED = 12;

	private Suggestion() {
	}

	/**
	 * The known word nearest to a word, if one is near: at most one slip (a letter
	 * missing, added, changed or swapped with its neighbour) per three letters, or the
	 * same but for case.
	 */
	public static Optional<String> nearest(String word, Collection<String> known) {
		if (word.length() > LONGEST) {
			return Optional.empty();
		}
		String best = null;
		int least = Math.max(1, word.length() / 3) + 1;
		for (String candidate : known.stream().limit(MOST_COMPARED).toList()) {
			int distance = candidate.equalsIgnoreCase(word) ? 0 : distance(word, candidate);
			if (distance < least) {
				least = distance;
				best = candidate;
			}
		}
		return Optional.ofNullable(best);
	}

	/**
	 * The end of a message about an unknown word: <code>: did you mean 'api'?</code>, or
	 * a list of what is known, or that nothing is.
	 * @param kind what the known words are, in the plural
	 */
	public static String hint(String word, Collection<String> known, String kind) {
		return nearest(word, known).map(near -> ": did you mean '" + near + "'?").orElseGet(() -> listing(known, kind));
	}

	private static String listing(Collection<String> known, String kind) {
		if (known.isEmpty()) {
			return "; there are no " + kind;
		}
		String listed = known.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
		return "; " + kind + " are " + listed + ((known.size() > MOST_LISTED) ? ", …" : "");
	}

	/** Optimal string alignment, the restricted form of Damerau-Levenshtein. */
	private static int distance(String a, String b) {
		if (b.length() > LONGEST) {
			return Integer.MAX_VALUE;
		}
		int[][] cost = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			cost[i][0] = i;
		}
		for (int j = 0; j <= b.length(); j++) {
			cost[0][j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			for (int j = 1; j <= b.length(); j++) {
				boolean same = a.charAt(i - 1) == b.charAt(j - 1);
				int step = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
				boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
						&& a.charAt(i - 2) == b.charAt(j - 1);
				cost[i][j] = swapped ? Math.min(step, cost[i - 2][j - 2] + 1) : step;
			}
		}
		return cost[a.length()][b.length()];
	}

}
