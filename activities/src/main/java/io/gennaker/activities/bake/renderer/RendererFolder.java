package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.gennaker.activities.bake.renderer.child.HelmProcess;

/**
 * The folder of one renderer: what its child processes run, and their working folders. A
 * lock says that it is in use, so that a folder which a killed service left is deleted by
 * the next.
 */
final class RendererFolder implements AutoCloseable {

	private static final String PREFIX = "gennaker-bake-";

	private final Path root;

	private final FileChannel lock;

	private final AtomicLong counter = new AtomicLong();

	private RendererFolder(Path root, FileChannel lock) {
		this.root = root;
		this.lock = lock;
	}

	/**
	 * Makes a folder and puts into it what child processes run.
	 */
	static RendererFolder create(Path parent, ClassLoader loader) throws IOException {
		Files.createDirectories(parent);
		deleteAbandoned(parent);
		Path root = Files.createTempDirectory(parent, PREFIX).toRealPath();
		FileChannel channel = lock(root);
		RendererFolder folder = new RendererFolder(root, channel);
		try {
			new ClassBundle(loader).write(folder.jar(), origins());
			copyLibrary(loader, folder.library());
			return folder;
		}
		catch (IOException | RuntimeException ex) {
			folder.close();
			throw ex;
		}
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

	private static List<ClassBundle.Origin> origins() {
		String jna = Native.class.getPackageName().replace('.', '/') + "/";
		Predicate<String> foreign = (name) -> name.startsWith(jna) && name.contains("jnidispatch")
				&& !name.startsWith(jna + Platform.RESOURCE_PREFIX + "/");
		return List.of(ClassBundle.Origin.packageOf(HelmProcess.class), ClassBundle.Origin.packageOf(HelmLib.class),
				ClassBundle.Origin.packageOf(Native.class).without(foreign));
	}

	private static void copyLibrary(ClassLoader loader, Path file) throws IOException {
		NativeLibrary library = NativeLibrary.serviceProviderLibrary(loader);
		if (library == null) {
			throw new IllegalStateException(
					"helm-java brings no native library for " + Platform.RESOURCE_PREFIX + " on the class path");
		}
		try (InputStream content = library.getClass().getResourceAsStream("/" + library.getBinaryName())) {
			if (content == null) {
				throw new IllegalStateException(library.getBinaryName() + " is not on the class path");
			}
			Files.copy(content, file);
		}
	}

	/**
	 * The jar whose main class is {@link HelmProcess}.
	 */
	Path jar() {
		return this.root.resolve("renderer.jar");
	}

	/**
	 * The native library.
	 */
	Path library() {
		return this.root.resolve(System.mapLibraryName("helm"));
	}

	/**
	 * A new empty folder in this one.
	 */
	Path newFolder(String name) throws IOException {
		return Files.createDirectory(this.root.resolve(name + "-" + this.counter.incrementAndGet()));
	}

	/**
	 * A text without the paths of this folder, for people's eyes.
	 */
	String withoutPaths(String text) {
		return text.replace(this.root + "/", "").replace(this.root.toString(), "");
	}

	@Override
	public void close() {
		try {
			this.lock.close();
			delete(this.root);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a folder with all that is in it, following no link.
	 */
	static void delete(Path folder) throws IOException {
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

	private static boolean isAbandoned(Path folder) {
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
