package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Copies chosen classes of the running application into a jar of their own, so that a
 * child process can run them. They may lie in a folder, in a jar, or in a jar within an
 * executable Spring Boot jar, which no {@code -cp} can name.
 */
final class ClassBundle {

	private final ClassLoader loader;

	ClassBundle(ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Writes the jar.
	 * @param origins which resources to take
	 */
	void write(Path jar, List<Origin> origins) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
			for (Origin origin : origins) {
				copy(origin, out);
			}
		}
	}

	private void copy(Origin origin, JarOutputStream out) throws IOException {
		URL url = this.loader.getResource(origin.resource());
		if (url == null) {
			throw new IllegalStateException(origin.resource() + " is not on the class path");
		}
		if (url.openConnection() instanceof JarURLConnection connection) {
			copyJar(connection, origin, out);
		}
		else if (url.getProtocol().equals("file")) {
			copyFolder(folder(url, origin), origin, out);
		}
		else {
			throw new IllegalStateException("classes cannot be taken from " + url);
		}
	}

	private static void copyJar(JarURLConnection connection, Origin origin, JarOutputStream out) throws IOException {
		connection.setUseCaches(false);
		try (JarFile jar = connection.getJarFile()) {
			List<JarEntry> entries = jar.stream().filter((entry) -> origin.takes(entry.getName())).toList();
			for (JarEntry entry : entries) {
				try (InputStream content = jar.getInputStream(entry)) {
					put(entry.getName(), content, out);
				}
			}
		}
	}

	private static void copyFolder(Path folder, Origin origin, JarOutputStream out) throws IOException {
		List<Path> files;
		try (Stream<Path> walk = Files.walk(folder)) {
			files = walk.filter(Files::isRegularFile).sorted().toList();
		}
		for (Path file : files) {
			String name = folder.relativize(file).toString().replace('\\', '/');
			if (origin.takes(name)) {
				try (InputStream content = Files.newInputStream(file)) {
					put(name, content, out);
				}
			}
		}
	}

	private static Path folder(URL url, Origin origin) {
		try {
			Path file = Path.of(url.toURI());
			for (int i = 0; i < Path.of(origin.resource()).getNameCount(); i++) {
				file = file.resolve("..");
			}
			return file.normalize();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("classes cannot be taken from " + url, ex);
		}
	}

	private static void put(String name, InputStream content, JarOutputStream out) throws IOException {
		out.putNextEntry(new JarEntry(name));
		content.transferTo(out);
		out.closeEntry();
	}

	/**
	 * Where classes come from.
	 *
	 * @param resource one of them, which shows the folder or jar
	 * @param wanted which names of that folder or jar to take
	 */
	record Origin(String resource, Predicate<String> wanted) {

		static Origin packageOf(Class<?> type) {
			String name = type.getName().replace('.', '/');
			String folder = name.substring(0, name.lastIndexOf('/') + 1);
			return new Origin(name + ".class", (entry) -> entry.startsWith(folder));
		}

		Origin without(Predicate<String> unwanted) {
			return new Origin(this.resource, this.wanted.and(unwanted.negate()));
		}

		boolean takes(String name) {
			return !name.endsWith("/") && this.wanted.test(name);
		}

	}

}
