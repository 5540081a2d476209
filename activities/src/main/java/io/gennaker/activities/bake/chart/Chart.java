package io.gennaker.activities.bake.chart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chart that was read and checked.
 *
 * @param path where it lies in the pipeline's folder
 * @param metadata what its {@code Chart.yaml} says
 * @param files its files by path within the chart; subcharts are folders
 */
public record Chart(String path, ChartMetadata metadata, SortedMap<String, byte[]> files) {

	public Chart {
		files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
		SchemaReferences.check(path, files);
	}

	/**
	 * The SHA-256 of the chart's paths and files, as {@code sha256:…}.
	 */
	public String digest() {
		MessageDigest sha = sha256();
		for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
			byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
			sha.update(ByteBuffer.allocate(8).putInt(name.length).putInt(file.getValue().length).array());
			sha.update(name);
			sha.update(file.getValue());
		}
		return "sha256:" + HexFormat.of().formatHex(sha.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
