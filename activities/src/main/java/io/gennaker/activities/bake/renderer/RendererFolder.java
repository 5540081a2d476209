package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.gennaker.activities.bake.program.WorkFolder;
import io.gennaker.activities.bake.renderer.child.HelmProcess;

/**
 * The folder of one renderer: what its child processes run, and their working folders.
 */
final class RendererFolder implements AutoCloseable {

	private final WorkFolder work;

	private RendererFolder(WorkFolder work) {
		this.work = work;
	}

	/**
	 * Makes a folder and puts into it what child processes run.
	 */
	static RendererFolder create(Path parent, ClassLoader loader) throws IOException {
		RendererFolder folder = new RendererFolder(WorkFolder.create(parent));
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
		return this.work.resolve("renderer.jar");
	}

	/**
	 * The native library.
	 */
	Path library() {
		return this.work.resolve(System.mapLibraryName("helm"));
	}

	/**
	 * The folder itself.
	 */
	WorkFolder work() {
		return this.work;
	}

	@Override
	public void close() {
		this.work.close();
	}

}
