package io.gennaker.web.sandbox.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names of content.
 */
final class Digests {

	private static final Pattern SHA_256 = Pattern.compile("sha256:[0-9a-f]{64}");

	private Digests() {
	}

	static String of(byte[] content) {
		try {
			return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static boolean isDigest(String text) {
		return SHA_256.matcher(text).matches();
	}

}
