package io.gennaker.web.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds what the service keeps, readable by its user alone. One service
 * at a time uses it.
 */
public final class Home implements AutoCloseable {

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	private final Path path;

	private final FileChannel channel;

	private Home(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Takes the folder, and makes it if it is not there.
	 * @param setting the path; a leading {@code ~} is the user's home
	 * @throws IllegalStateException if another service has it
	 * @throws UncheckedIOException if it cannot be made or written
	 */
	public static Home open(String setting) {
		Path path = resolve(setting);
		try {
			makeFolder(path);
			FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (!lock(channel)) {
				channel.close();
				throw new IllegalStateException("The folder " + path + " is in use by another Gennaker" + owner(path)
						+ ". Stop that one, or give this one a folder of its own by the property gennaker.home.");
			}
			Files.writeString(path.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
			return new Home(path, channel);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder " + path + " (property gennaker.home) cannot be used", ex);
		}
	}

	/** The folder itself. */
	public Path path() {
		return this.path;
	}

	/**
	 * A folder in it, made if it is not there.
	 * @throws UncheckedIOException if it cannot be made
	 */
	public Path folder(String name) {
		try {
			return makeFolder(this.path.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder " + this.path.resolve(name) + " cannot be made", ex);
		}
	}

	/** A file's path in it. */
	public Path file(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Keeps a text that nobody else may read, in place of what was there.
	 * @throws IOException if it cannot be written
	 */
	void writeSecret(String name, String text) throws IOException {
		Path file = file(name);
		Files.deleteIfExists(file);
		if (POSIX) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		Files.writeString(file, text);
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.path.resolve("pid"));
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder " + this.path + " could not be released", ex);
		}
	}

	/**
	 * The path that a setting names, whether or not it is there.
	 * @param setting the path; a leading {@code ~} is the user's home
	 */
	public static Path resolve(String setting) {
		String user = System.getProperty("user.home");
		String path = setting.equals("~") ? user
				: (setting.startsWith("~/") || setting.startsWith("~\\")) ? user + setting.substring(1) : setting;
		return Path.of(path).toAbsolutePath().normalize();
	}

	private static Path makeFolder(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) {
			Files.createDirectories(folder.getParent());
			Files.createDirectory(folder);
			if (POSIX) {
				Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
			}
		}
		return folder;
	}

	private static boolean lock(FileChannel channel) throws IOException {
		try {
			FileLock lock = channel.tryLock();
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	private static String owner(Path path) {
		try {
			return " (process " + Files.readString(path.resolve("pid")).strip() + ")";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
