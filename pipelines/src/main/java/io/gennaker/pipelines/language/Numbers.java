package io.gennaker.pipelines.language;

import org.jspecify.annotations.Nullable;

/**
 * Numbers as YAML 1.2's core schema writes them.
 */
final class Numbers {

	private Numbers() {
	}

	/**
	 * The number, or null if it has more than 64 bits.
	 */
	static @Nullable Long wholeNumber(String text) {
		try {
			if (text.startsWith("0x")) {
				return Long.parseLong(text.substring(2), 16);
			}
			return text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * The number, or null if it is infinite or none.
	 */
	static @Nullable Double decimal(String text) {
		try {
			double number = Double.parseDouble(text);
			return Double.isFinite(number) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
