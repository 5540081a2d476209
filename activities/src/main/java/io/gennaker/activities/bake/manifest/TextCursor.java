package io.gennaker.activities.bake.manifest;

/**
 * Finds code points in a text, from its beginning to its end.
 */
final class TextCursor {

	private final String text;

	private int index;

	private int codePoint;

	TextCursor(String text) {
		this.text = text;
	}

	/**
	 * The index of a code point that does not lie before the last one asked for.
	 */
	int charAt(int wanted) {
		this.index = this.text.offsetByCodePoints(this.index, wanted - this.codePoint);
		this.codePoint = wanted;
		return this.index;
	}

}
