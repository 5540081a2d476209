package io.gennaker.activities.bake.chart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a chart's {@code .tgz} in memory. Only plain files and folders may be in it, all
 * in one folder; nothing is ever written where an entry says.
 */
final class ChartArchive {

	private static final int BUFFER = 16 * 1024;

	private final String name;

	private final ChartBudget budget;

	/**
	 * An archive.
	 * @param name its path, for messages
	 */
	ChartArchive(String name, ChartBudget budget) {
		this.name = name;
		this.budget = budget;
	}

	/**
	 * The chart's files by path within the chart.
	 */
	SortedMap<String, byte[]> read(byte[] archive) {
		SortedMap<String, byte[]> files = new TreeMap<>();
		try (InputStream unpacked = new CountedStream(new GZIPInputStream(new ByteArrayInputStream(archive)));
				TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, "UTF-8")) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				take(entry, tar, files);
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new BakeRefusedException(this.name + " is not a chart's archive (.tgz): " + ex.getMessage(), ex);
		}
		return files;
	}

	private void take(TarArchiveEntry entry, InputStream content, SortedMap<String, byte[]> files) throws IOException {
		String path = entry.getName();
		if (entry.isSymbolicLink() || entry.isLink()) {
			throw this.budget.refused("has a link in its archive, '" + path + "'; links are refused");
		}
		String plain = entry.isDirectory() && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		this.budget.entry(plain);
		if (entry.isDirectory()) {
			return;
		}
		if (!isPlain(entry)) {
			throw this.budget.refused("has an entry '" + path + "' in its archive that is neither file nor folder");
		}
		int slash = plain.indexOf('/');
		if (slash < 0) {
			throw this.budget.refused("has '" + path + "' outside of the one folder that an archive must hold");
		}
		if (files.put(plain.substring(slash + 1), bytes(content)) != null) {
			throw this.budget.refused("has '" + path + "' twice in its archive");
		}
	}

	/** The library also calls devices and pipes files. */
	private static boolean isPlain(TarArchiveEntry entry) {
		byte flag = entry.getLinkFlag();
		return flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM;
	}

	private static byte[] bytes(InputStream content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		content.transferTo(bytes);
		return bytes.toByteArray();
	}

	/**
	 * Counts what is unpacked while it is unpacked, headers and skipped content included.
	 */
	private final class CountedStream extends InputStream {

		private final InputStream source;

		CountedStream(InputStream source) {
			this.source = source;
		}

		@Override
		public int read() throws IOException {
			int next = this.source.read();
			ChartArchive.this.budget.bytes((next >= 0) ? 1 : 0);
			return next;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = this.source.read(target, offset, Math.min(length, BUFFER));
			ChartArchive.this.budget.bytes(Math.max(count, 0));
			return count;
		}

		@Override
		public void close() throws IOException {
			this.source.close();
		}

	}

}
