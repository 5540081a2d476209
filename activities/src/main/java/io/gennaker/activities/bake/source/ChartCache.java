package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.gennaker.activities.digest.Sha256;

/**
 * Fetched content in a folder, by its SHA-256, which is checked whenever it is read; the
 * oldest in use go when it becomes too large. Thread-safe, and several processes may use
 * one folder.
 */
final class ChartCache {

	private static final String PART = ".tmp";

	/** Longer than writing takes. */
	private static final Duration WRITING = Duration.ofHours(1);

	private final Path contents;

	private final Path names;

	private final long limit;

	private final Clock clock;

	/**
	 * A cache.
	 * @param folder made if it is not there
	 * @param limit how many bytes it may take
	 */
	ChartCache(Path folder, long limit, Clock clock) throws IOException {
		this.contents = Files.createDirectories(folder.resolve("contents"));
		this.names = Files.createDirectories(folder.resolve("names"));
		this.limit = limit;
		this.clock = clock;
	}

	/**
	 * What is kept under a digest. Content that has another digest by now is thrown away.
	 * @param digest {@code sha256:…}
	 */
	Optional<byte[]> find(String digest) throws IOException {
		Path file = this.contents.resolve(Sha256.hex(digest));
		try {
			byte[] content = Files.readAllBytes(file);
			if (!Sha256.of(content).equals(digest)) {
				Files.deleteIfExists(file);
				return Optional.empty();
			}
			touch(file);
			return Optional.of(content);
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	private void touch(Path file) throws IOException {
		try {
			Files.setLastModifiedTime(file, FileTime.from(this.clock.instant()));
		}
		catch (NoSuchFileException ex) {
			// It went meanwhile, and was read before.
		}
	}

	/**
	 * What is kept under a name.
	 * @param name of something that never changes
	 */
	Optional<byte[]> named(String name) throws IOException {
		try {
			String digest = Files.readString(file(name)).strip();
			return Sha256.isDigest(digest) ? find(digest) : Optional.empty();
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Keeps content.
	 * @return its digest
	 */
	String keep(byte[] content) throws IOException {
		String digest = Sha256.of(content);
		if (content.length <= this.limit) {
			write(this.contents.resolve(Sha256.hex(digest)), content);
			evict();
		}
		return digest;
	}

	/**
	 * Keeps content that has a name.
	 */
	void keep(String name, byte[] content) throws IOException {
		write(file(name), keep(content).getBytes(StandardCharsets.UTF_8));
	}

	private Path file(String name) {
		return this.names.resolve(Sha256.hex(Sha256.of(name.getBytes(StandardCharsets.UTF_8))));
	}

	private void write(Path file, byte[] content) throws IOException {
		Path part = Files.createTempFile(file.getParent(), "part-", PART);
		try {
			Files.write(part, content);
			touch(part);
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	private synchronized void evict() throws IOException {
		List<Kept> all = kept();
		long bytes = all.stream().mapToLong(Kept::bytes).sum();
		if (bytes <= this.limit) {
			return;
		}
		all.sort(Comparator.comparing(Kept::used).thenComparing(Kept::file));
		for (Kept oldest : all) {
			if (bytes <= this.limit) {
				break;
			}
			Files.deleteIfExists(oldest.file());
			bytes -= oldest.bytes();
		}
		forgetNames();
	}

	private List<Kept> kept() throws IOException {
		List<Kept> all = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.contents)) {
			for (Path file : files.toList()) {
				try {
					Kept kept = new Kept(file, Files.size(file), Files.getLastModifiedTime(file));
					if (!isBeingWritten(kept)) {
						all.add(kept);
					}
				}
				catch (NoSuchFileException ex) {
					// Another thread was faster.
				}
			}
		}
		return all;
	}

	/** What someone left half-written long ago goes with the oldest. */
	private boolean isBeingWritten(Kept kept) {
		Instant longAgo = this.clock.instant().minus(WRITING);
		return kept.file().toString().endsWith(PART) && kept.used().toInstant().isAfter(longAgo);
	}

	/** Names of what went. */
	private void forgetNames() throws IOException {
		try (Stream<Path> files = Files.list(this.names)) {
			for (Path file : files.toList()) {
				if (file.getFileName().toString().endsWith(PART)) {
					continue;
				}
				try {
					String digest = Files.readString(file).strip();
					if (!Sha256.isDigest(digest) || !Files.exists(this.contents.resolve(Sha256.hex(digest)))) {
						Files.deleteIfExists(file);
					}
				}
				catch (NoSuchFileException ex) {
					// Another thread was faster.
				}
			}
		}
	}

	/**
	 * A file.
	 *
	 * @param used when it was read or written last
	 */
	private record Kept(Path file, long bytes, FileTime used) {
	}

}
