package io.gennaker.activities.bake.chart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

import io.gennaker.pipelines.language.PipelineFiles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Builds charts for tests.
 */
public final class ChartFixture {

	private final Map<String, byte[]> files = new TreeMap<>();

	private ChartFixture() {
	}

	/**
	 * A chart that has only its {@code Chart.yaml}.
	 */
	public static ChartFixture chart(String name) {
		return new ChartFixture().file("Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.2.3\n");
	}

	public ChartFixture file(String path, String content) {
		return file(path, content.getBytes(StandardCharsets.UTF_8));
	}

	public ChartFixture file(String path, byte[] content) {
		this.files.put(path, content);
		return this;
	}

	public ChartFixture template(String name, String content) {
		return file("templates/" + name, content);
	}

	/**
	 * The chart as read from a folder.
	 */
	public Chart read() {
		return new ChartReader(ChartLimits.defaults()).read(new PipelineFiles(inFolder("charts/it")), "charts/it",
				null);
	}

	/**
	 * The chart's files below a folder.
	 */
	public Map<String, byte[]> inFolder(String folder) {
		Map<String, byte[]> all = new TreeMap<>();
		this.files.forEach((path, bytes) -> all.put(folder + "/" + path, bytes));
		return all;
	}

	/**
	 * The chart as {@code .tgz}.
	 */
	public byte[] archive(String folder) {
		return archive((tar) -> {
			for (Map.Entry<String, byte[]> file : inFolder(folder).entrySet()) {
				entry(tar, new TarArchiveEntry(file.getKey(), true), file.getValue());
			}
		});
	}

	/**
	 * A {@code .tgz} of any content.
	 */
	public static byte[] archive(Content content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
			tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
			content.write(tar);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	public static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
		if (entry.isFile()) {
			entry.setSize(content.length);
		}
		tar.putArchiveEntry(entry);
		if (entry.isFile()) {
			tar.write(content);
		}
		tar.closeArchiveEntry();
	}

	/**
	 * Writes entries.
	 */
	@FunctionalInterface
	public interface Content {

		void write(TarArchiveOutputStream tar) throws IOException;

	}

}
