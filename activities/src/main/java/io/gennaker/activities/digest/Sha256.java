package io.gennaker.activities.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 as registries write it: {@code sha256:} and 64 hexadecimal digits.
 */
public final class Sha256 {

	private static final String PREFIX = "sha256:";

	private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

	private Sha256() {
	}

	/**
	 * The digest of a text's UTF-8.
	 */
	public static String of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The digest of bytes.
	 */
	public static String of(byte[] content) {
		return end(begin().digest(content));
	}

	/**
	 * Begins a digest of several parts.
	 */
	public static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/**
	 * The digest of all parts.
	 */
	public static String end(MessageDigest parts) {
		return end(parts.digest());
	}

	private static String end(byte[] digest) {
		return PREFIX + HexFormat.of().formatHex(digest);
	}

	/**
	 * Whether a text is a digest.
	 */
	public static boolean isDigest(String text) {
		return FORM.matcher(text).matches();
	}

	/**
	 * The 64 digits of a digest.
	 * @throws IllegalArgumentException if it is none
	 */
	public static String hex(String digest) {
		if (!isDigest(digest)) {
			throw new IllegalArgumentException("'" + digest + "' is not sha256: and 64 hexadecimal digits");
		}
		return digest.substring(PREFIX.length());
	}

}
