package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of texts' UTF-8, which is Go's; Java's differs where a text holds characters
 * beyond the first 65,536.
 */
public enum Utf8Order implements Comparator<String> {

	/** The only one. */
	INSTANCE;

	@Override
	public int compare(String first, String second) {
		return Arrays.compareUnsigned(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
	}

}
