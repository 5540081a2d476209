package io.gennaker.activities.mark;

import io.gennaker.activities.digest.Sha256;

/**
 * Short hashes that may stand in names.
 */
public final class ShortHash {

	private static final int LENGTH = 10;

	private ShortHash() {
	}

	/**
	 * Ten letters and digits. As in Kustomize's names, they are such that no word comes
	 * of them.
	 */
	public static String of(byte[] bytes) {
		return Sha256.hex(Sha256.of(bytes))
			.substring(0, LENGTH)
			.replace('0', 'g')
			.replace('1', 'h')
			.replace('3', 'k')
			.replace('a', 'm')
			.replace('e', 't');
	}

}
