package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;

import com.marcnuri.helm.jni.HelmLib;
import com.sun.jna.Native;
import io.gennaker.activities.bake.renderer.child.HelmProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.net.protocol.Handlers;

import static org.assertj.core.api.Assertions.assertThat;

class ClassBundleTests {

	private static final List<ClassBundle.Origin> ORIGINS = List.of(ClassBundle.Origin.packageOf(HelmProcess.class),
			ClassBundle.Origin.packageOf(HelmLib.class), ClassBundle.Origin.packageOf(Native.class));

	@TempDir
	Path folder;

	@Test
	void takesClassesFromFoldersAndJars() throws Exception {
		Path bundle = this.folder.resolve("bundle.jar");
		new ClassBundle(getClass().getClassLoader()).write(bundle, ORIGINS);
		assertThat(names(bundle))
			.contains("io/gennaker/activities/bake/renderer/child/HelmProcess.class",
					"com/marcnuri/helm/jni/HelmLib.class", "com/sun/jna/Native.class")
			.noneMatch((name) -> name.contains("HelmRenderer"));
	}

	@Test
	void takesClassesFromJarsWithinAnExecutableJar() throws Exception {
		Path inner = this.folder.resolve("inner.jar");
		new ClassBundle(getClass().getClassLoader()).write(inner, ORIGINS);
		Path outer = executableJar(inner);
		Handlers.register();
		URL nested = URI.create("jar:nested:" + outer + "/!BOOT-INF/lib/inner.jar!/").toURL();
		Path bundle = this.folder.resolve("bundle.jar");
		try (URLClassLoader loader = new URLClassLoader(new URL[] { nested }, null)) {
			new ClassBundle(loader).write(bundle, ORIGINS);
		}
		assertThat(names(bundle)).containsExactlyInAnyOrderElementsOf(names(inner));
	}

	/** Spring Boot stores the jars within its jar without compression. */
	private Path executableJar(Path inner) throws IOException {
		Path outer = this.folder.resolve("outer.jar");
		byte[] content = Files.readAllBytes(inner);
		try (OutputStream file = Files.newOutputStream(outer); JarOutputStream out = new JarOutputStream(file)) {
			JarEntry entry = new JarEntry("BOOT-INF/lib/inner.jar");
			entry.setMethod(JarEntry.STORED);
			entry.setSize(content.length);
			CRC32 crc = new CRC32();
			crc.update(content);
			entry.setCrc(crc.getValue());
			out.putNextEntry(entry);
			out.write(content);
			out.closeEntry();
		}
		return outer;
	}

	private static List<String> names(Path jar) throws IOException {
		try (JarFile file = new JarFile(jar.toFile())) {
			return file.stream().map(JarEntry::getName).toList();
		}
	}

}
