package io.gennaker.pipelines.language;

import java.util.regex.Pattern;

/**
 * Where something stands in the document, written as in {@code stages.south.waves[0]}.
 */
final class DocumentPath {

	static final String ROOT = "";

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]{1,100}");

	private DocumentPath() {
	}

	static String child(String path, String key) {
		if (!PLAIN.matcher(key).matches()) {
			return path + "[" + quoted(key) + "]";
		}
		return path.isEmpty() ? key : path + "." + key;
	}

	static String item(String path, int index) {
		return path + "[" + index + "]";
	}

	/**
	 * Text of the file, fit to stand in a one-line message.
	 */
	static String quoted(String text) {
		StringBuilder result = new StringBuilder("'");
		text.codePoints()
			.limit(60)
			.forEach(c -> result.appendCodePoint((Character.isISOControl(c) || c == 0x2028 || c == 0x2029) ? ' ' : c));
		if (text.codePointCount(0, text.length()) > 60) {
			result.append('…');
		}
		return result.append('\'').toString();
	}

}
