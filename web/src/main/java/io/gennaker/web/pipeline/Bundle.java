package io.gennaker.web.pipeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.gennaker.pipelines.language.PipelineFiles;

/**
 * A revision's files as one zip: the same files give the same bytes.
 */
final class Bundle {

	private Bundle() {
	}

	static byte[] of(PipelineFiles files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
			for (Map.Entry<String, byte[]> file : files.all().entrySet()) {
				ZipEntry entry = new ZipEntry(file.getKey());
				entry.setTime(0);
				zip.putNextEntry(entry);
				zip.write(file.getValue());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Opens what {@link #of} has made; nobody else's zip comes here.
	 */
	static PipelineFiles files(byte[] bundle) {
		Map<String, byte[]> content = new TreeMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle), StandardCharsets.UTF_8)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				content.put(entry.getName(), zip.readAllBytes());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new PipelineFiles(content);
	}

	/**
	 * The SHA-256 over paths and contents, each with its length before it, so that no two
	 * sets of files give the same. Not over the zip: how well it is compressed depends on
	 * the JDK.
	 */
	static String sha256(PipelineFiles files) {
		MessageDigest digest = digest();
		files.all().forEach((path, content) -> {
			add(digest, path.getBytes(StandardCharsets.UTF_8));
			add(digest, content);
		});
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void add(MessageDigest digest, byte[] bytes) {
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
		digest.update(bytes);
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
