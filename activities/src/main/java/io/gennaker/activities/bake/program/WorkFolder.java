package io.gennaker.activities.bake.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * A folder in which child processes work. A lock says that it is in use, so that a folder
 * which a killed service left is deleted by the next.
 */
public final class WorkFolder implements AutoCloseable {

	private static final String PREFIX = "gennaker-bake-";

	/**
	 * Those of this process. Their locks must not even be looked at: on POSIX systems a
	 * process gives up its locks of a file when it closes any of its channels to it.
	 */
	private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

	private final Path root;

	private final FileChannel lock;

	private final AtomicLong counter = new AtomicLong();

	private WorkFolder(Path root, FileChannel lock) {
		this.root = root;
		this.lock = lock;
	}

	/**
	 * Makes a new folder, and deletes abandoned ones.
	 * @param parent where
	 */
	public static WorkFolder create(Path parent) throws IOException {
		Files.createDirectories(parent);
		deleteAbandoned(parent);
		Path root = Files.createTempDirectory(parent, PREFIX).toRealPath();
		OWN.add(root);
		return new WorkFolder(root, lock(root));
	}

	/**
	 * The lock gets its name once it is held, so that nobody finds it free before.
	 */
	private static FileChannel lock(Path root) throws IOException {
		Path unnamed = root.resolve("lock.new");
		FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		channel.lock();
		Files.move(unnamed, root.resolve("lock"));
		return channel;
	}

	/**
	 * A path in this folder.
	 */
	public Path resolve(String name) {
		return this.root.resolve(name);
	}

	/**
	 * A new empty folder in this one.
	 */
	public Path newFolder(String name) throws IOException {
		return Files.createDirectory(this.root.resolve(name + "-" + this.counter.incrementAndGet()));
	}

	/**
	 * A text without the paths of this folder, for people's eyes.
	 */
	public String withoutPaths(String text) {
		return text.replace(this.root + "/", "").replace(this.root.toString(), "");
	}

	/**
	 * Writes files below a folder.
	 * @param files by path, with slashes
	 * @throws BakeRefusedException if a path leads out of the folder or cannot be named
	 */
	public static void write(Path folder, Map<String, byte[]> files) throws IOException {
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			write(folder, file.getKey(), file.getValue());
		}
	}

	private static void write(Path folder, String name, byte[] content) throws IOException {
		try {
			Path path = folder.resolve(name).normalize();
			if (!path.startsWith(folder)) {
				throw new BakeRefusedException("the chart's file " + name + " leads out of its folder");
			}
			Files.createDirectories(path.getParent());
			Files.write(path, content);
		}
		catch (InvalidPathException ex) {
			throw new BakeRefusedException("this machine cannot name the chart's file " + name, ex);
		}
	}

	@Override
	public void close() {
		try {
			this.lock.close();
			delete(this.root);
			OWN.remove(this.root);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a folder with all that is in it, following no link.
	 */
	public static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		List<Path> all;
		try (Stream<Path> walk = Files.walk(folder)) {
			all = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : all) {
			Files.deleteIfExists(path);
		}
	}

	private static void deleteAbandoned(Path parent) throws IOException {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path folder : folders) {
				if (isAbandoned(folder)) {
					delete(folder);
				}
			}
		}
	}

	private static boolean isAbandoned(Path folder) throws IOException {
		if (OWN.contains(folder.toRealPath())) {
			return false;
		}
		Path file = folder.resolve("lock");
		if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			return lock != null;
		}
		catch (IOException | OverlappingFileLockException ex) {
			return false;
		}
	}

}
