package io.gennaker.activities.bake.manifest;

/**
 * White space as Go knows it, which is not quite Java's.
 */
final class GoSpace {

	private GoSpace() {
	}

	/**
	 * The text without white space at either end.
	 */
	static String trim(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (end > start && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isSpace(char c) {
		return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
	}

}
