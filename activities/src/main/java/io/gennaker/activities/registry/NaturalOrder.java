package io.gennaker.activities.registry;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Orders tags as people count: {@code v1.9} before {@code v1.10}.
 */
final class NaturalOrder implements Comparator<String> {

	private static final Pattern PARTS = Pattern.compile("\\d+|\\D+");

	@Override
	public int compare(String one, String other) {
		List<String> left = parts(one);
		List<String> right = parts(other);
		for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
			int order = compareParts(left.get(i), right.get(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(left.size(), right.size());
	}

	private static int compareParts(String left, String right) {
		if (Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))) {
			return new BigInteger(left).compareTo(new BigInteger(right));
		}
		return left.compareTo(right);
	}

	private static List<String> parts(String text) {
		return PARTS.matcher(text).results().map(MatchResult::group).toList();
	}

}
