package io.gennaker.activities.bake.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 as registries write it.
 */
final class Sha256 {

	private static final String PREFIX = "sha256:";

	private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

	private Sha256() {
	}

	static String of(byte[] content) {
		try {
			return PREFIX + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	static boolean isDigest(String text) {
		return FORM.matcher(text).matches();
	}

	/**
	 * The 64 digits of a digest.
	 */
	static String hex(String digest) {
		if (!isDigest(digest)) {
			throw new IllegalArgumentException("'" + digest + "' is not sha256: and 64 hexadecimal digits");
		}
		return digest.substring(PREFIX.length());
	}

}
