package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.Deflater;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes a chart's files as the archive that Helm loads them from. From an archive it
 * takes every file as it is; in a folder it would apply a {@code .helmignore} again, to
 * the collector's files too, and some names could not be files of this machine. It is not
 * compressed, because it is read once for each rendering.
 */
final class ChartPackage {

	private static final String FOLDER = "chart/";

	private ChartPackage() {
	}

	static void write(Path archive, SortedMap<String, byte[]> files) throws IOException {
		GzipParameters uncompressed = new GzipParameters();
		uncompressed.setCompressionLevel(Deflater.NO_COMPRESSION);
		try (OutputStream file = Files.newOutputStream(archive);
				TarArchiveOutputStream tar = new TarArchiveOutputStream(
						new GzipCompressorOutputStream(file, uncompressed), "UTF-8")) {
			tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
			tar.setAddPaxHeadersForNonAsciiNames(true);
			for (Map.Entry<String, byte[]> each : files.entrySet()) {
				TarArchiveEntry entry = new TarArchiveEntry(FOLDER + each.getKey(), true);
				entry.setSize(each.getValue().length);
				tar.putArchiveEntry(entry);
				tar.write(each.getValue());
				tar.closeArchiveEntry();
			}
		}
	}

}
