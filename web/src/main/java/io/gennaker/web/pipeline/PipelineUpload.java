package io.gennaker.web.pipeline;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import io.gennaker.pipelines.language.PipelineFiles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * What somebody sent as a pipeline: a zip or tar.gz of its folder, or one YAML document.
 * Which it is, its first bytes tell. Limits hold while unpacking, whatever an archive
 * says of itself.
 */
final class PipelineUpload {

	/** Of what is sent. */
	static final int LARGEST_BODY = 16 << 20;

	private static final int LARGEST_DOCUMENT = 1 << 20;

	private static final int LONGEST_PATH = 512;

	/** Headers and padding of a tar come on top of the files. */
	private static final long TAR_OVERHEAD = 8L << 20;

	private final FolderLimits limits;

	private final Map<String, byte[]> content = new TreeMap<>();

	private long bytes;

	private int entries;

	private PipelineUpload(FolderLimits limits) {
		this.limits = limits;
	}

	/**
	 * The files that were sent.
	 * @param current the current revision's files, which one document keeps but for
	 * {@code pipeline.yaml}
	 * @throws UnusableUploadException if they cannot be taken
	 */
	static PipelineFiles files(byte[] body, Optional<PipelineFiles> current, FolderLimits limits)
			throws UnusableUploadException {
		if (startsWith(body, 'P', 'K')) {
			return new PipelineUpload(limits).unpacked(PipelineUpload::unzip, body);
		}
		if (startsWith(body, 0x1F, 0x8B)) {
			return new PipelineUpload(limits).unpacked(PipelineUpload::untar, body);
		}
		if (body.length == 0) {
			throw new UnusableUploadException(PipelineFiles.PIPELINE, "nothing was sent");
		}
		if (body.length > LARGEST_DOCUMENT) {
			throw new UnusableUploadException(PipelineFiles.PIPELINE,
					"is larger than " + (LARGEST_DOCUMENT >> 20) + " MiB");
		}
		Map<String, byte[]> all = new HashMap<>();
		current.ifPresent((files) -> all.putAll(files.all()));
		all.put(PipelineFiles.PIPELINE, body);
		return new PipelineFiles(all);
	}

	private PipelineFiles unpacked(Unpacking unpacking, byte[] body) throws UnusableUploadException {
		try {
			unpacking.unpack(this, body);
			return new PipelineFiles(withoutOuterFolder());
		}
		catch (UnusableUploadException ex) {
			throw ex;
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new UnusableUploadException("", "the archive cannot be read: " + ex.getMessage());
		}
	}

	private void unzip(byte[] body) throws IOException {
		try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(body)).get()) {
			for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
				String name = entry.getName();
				check(name);
				if (entry.isUnixSymlink()) {
					throw new UnusableUploadException(name, "is a link; links are not taken");
				}
				if (!entry.isDirectory()) {
					if (!zip.canReadEntryData(entry)) {
						throw new UnusableUploadException(name, "is encrypted, or compressed in an unusual way");
					}
					try (InputStream data = zip.getInputStream(entry)) {
						add(name, data);
					}
				}
			}
		}
	}

	private void untar(byte[] body) throws IOException {
		InputStream limited = new LimitedStream(new GZIPInputStream(new ByteArrayInputStream(body)),
				this.limits.bytes() + TAR_OVERHEAD);
		try (TarArchiveInputStream tar = new TarArchiveInputStream(limited)) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				String name = entry.getName();
				check(name);
				if (entry.isSymbolicLink() || entry.isLink()) {
					throw new UnusableUploadException(name, "is a link; links are not taken");
				}
				if (!entry.isDirectory()) {
					if (!entry.isFile() || entry.isSparse()) {
						throw new UnusableUploadException(name, "is not a plain file");
					}
					add(name, tar);
				}
			}
		}
	}

	private void check(String name) throws UnusableUploadException {
		this.entries++;
		if (this.entries > 2 * this.limits.files()) {
			throw new UnusableUploadException("", "the archive has more than " + 2 * this.limits.files() + " entries");
		}
		if (name.length() > LONGEST_PATH) {
			throw new UnusableUploadException(name.substring(0, 64) + "…",
					"has a path longer than " + LONGEST_PATH + " characters");
		}
		String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
		if (path.startsWith("/") || path.contains("\\") || path.indexOf('\0') >= 0 || path.matches("^[A-Za-z]:.*")
				|| parts(path).contains("..")) {
			throw new UnusableUploadException(name, "leads out of the pipeline's folder");
		}
		if (path.chars().filter((character) -> character == '/').count() > this.limits.depth()) {
			throw new UnusableUploadException(name, "lies deeper than " + this.limits.depth() + " folders");
		}
	}

	private static Set<String> parts(String path) {
		return Arrays.stream(path.split("/", -1)).collect(Collectors.toSet());
	}

	private void add(String name, InputStream data) throws IOException {
		String path = name.startsWith("./") ? name.substring(2) : name;
		if (hidden(path)) {
			return;
		}
		if (this.content.size() >= this.limits.files()) {
			throw new UnusableUploadException(path, "is one file too many: a pipeline may have " + this.limits.files());
		}
		long left = this.limits.bytes() - this.bytes;
		byte[] read = data.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
		this.bytes += read.length;
		if (this.bytes > this.limits.bytes()) {
			throw new UnusableUploadException(path,
					"makes the pipeline larger than " + (this.limits.bytes() >> 20) + " MiB");
		}
		if (this.content.put(path, read) != null) {
			throw new UnusableUploadException(path, "is in the archive twice");
		}
	}

	/**
	 * What editors, version control and desktops leave in folders.
	 */
	private static boolean hidden(String path) {
		return parts(path).stream()
			.anyMatch((part) -> part.equals("__MACOSX") || (part.startsWith(".") && !part.equals(".helmignore")));
	}

	/**
	 * An archive may hold the folder itself rather than what is in it.
	 */
	private Map<String, byte[]> withoutOuterFolder() {
		if (this.content.isEmpty() || this.content.containsKey(PipelineFiles.PIPELINE)) {
			return this.content;
		}
		String first = this.content.keySet().iterator().next();
		String outer = first.substring(0, first.indexOf('/') + 1);
		boolean all = !outer.isEmpty() && this.content.containsKey(outer + PipelineFiles.PIPELINE)
				&& this.content.keySet().stream().allMatch((path) -> path.startsWith(outer));
		return !all ? this.content
				: this.content.entrySet()
					.stream()
					.collect(Collectors.toMap((file) -> file.getKey().substring(outer.length()), Map.Entry::getValue));
	}

	private static boolean startsWith(byte[] body, int first, int second) {
		return body.length >= 2 && (body[0] & 0xFF) == first && (body[1] & 0xFF) == second;
	}

	@FunctionalInterface
	private interface Unpacking {

		void unpack(PipelineUpload upload, byte[] body) throws IOException;

	}

	/**
	 * Ends with an exception where there is more than expected.
	 */
	private static final class LimitedStream extends FilterInputStream {

		private long left;

		LimitedStream(InputStream in, long limit) {
			super(in);
			this.left = limit;
		}

		@Override
		public int read() throws IOException {
			int value = super.read();
			count((value >= 0) ? 1 : 0);
			return value;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = super.read(buffer, offset, length);
			count(Math.max(0, read));
			return read;
		}

		@Override
		public long skip(long count) throws IOException {
			long skipped = super.skip(count);
			count(skipped);
			return skipped;
		}

		private void count(long read) throws UnusableUploadException {
			this.left -= read;
			if (this.left < 0) {
				throw new UnusableUploadException("", "the archive unpacks to more than a pipeline may be");
			}
		}

	}

}
