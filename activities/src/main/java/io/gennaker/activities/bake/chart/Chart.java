package io.gennaker.activities.bake.chart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gennaker.activities.digest.Sha256;

/**
 * A chart that was read and checked. Its digest is made once: a bake asks for it several
 * times.
 */
public final class Chart {

	private final String path;

	private final ChartMetadata metadata;

	private final SortedMap<String, byte[]> files;

	private final String digest;

	/**
	 * A chart of these files.
	 * @param path where it lies in the pipeline's folder
	 * @param metadata what its {@code Chart.yaml} says
	 * @param files its files by path within the chart; subcharts are folders
	 */
	public Chart(String path, ChartMetadata metadata, SortedMap<String, byte[]> files) {
		this.path = path;
		this.metadata = metadata;
		this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
		SchemaReferences.check(path, this.files);
		this.digest = digest(this.files);
	}

	/**
	 * Where it lies in the pipeline's folder.
	 */
	public String path() {
		return this.path;
	}

	/**
	 * What its {@code Chart.yaml} says.
	 */
	public ChartMetadata metadata() {
		return this.metadata;
	}

	/**
	 * Its files by path within the chart; subcharts are folders.
	 */
	public SortedMap<String, byte[]> files() {
		return this.files;
	}

	/**
	 * The SHA-256 of the chart's paths and files, as {@code sha256:…}.
	 */
	public String digest() {
		return this.digest;
	}

	/**
	 * How large its files are together, in bytes.
	 */
	public long bytes() {
		return this.files.values().stream().mapToLong((content) -> content.length).sum();
	}

	private static String digest(SortedMap<String, byte[]> files) {
		MessageDigest sha = Sha256.begin();
		files.forEach((file, content) -> {
			byte[] name = file.getBytes(StandardCharsets.UTF_8);
			sha.update(ByteBuffer.allocate(8).putInt(name.length).putInt(content.length).array());
			sha.update(name);
			sha.update(content);
		});
		return Sha256.end(sha);
	}

}
