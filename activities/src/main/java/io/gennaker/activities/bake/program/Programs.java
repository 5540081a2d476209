package io.gennaker.activities.bake.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds programs of this machine.
 */
public final class Programs {

	/** The setting that forbids a program. */
	public static final String NONE = "none";

	private Programs() {
	}

	/**
	 * The program that a setting names; without a setting, what the PATH holds.
	 * @param name the program's name on the PATH
	 * @param setting a path, {@value #NONE} or nothing
	 * @throws IllegalArgumentException if the setting names what is no program
	 */
	public static Optional<Path> find(String name, @Nullable String setting) {
		if (setting == null || setting.isBlank()) {
			return onPath(name);
		}
		if (setting.strip().equals(NONE)) {
			return Optional.empty();
		}
		Path program = Path.of(setting.strip()).toAbsolutePath();
		if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
			throw new IllegalArgumentException(
					setting + " is not a program that this service may run; give the path of " + name + ", or '" + NONE
							+ "' to do without it");
		}
		return Optional.of(program);
	}

	/**
	 * What the PATH holds.
	 */
	public static Optional<Path> onPath(String name) {
		boolean windows = System.getProperty("os.name").startsWith("Windows");
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.filter((folder) -> !folder.isBlank())
			.flatMap((folder) -> file(folder, windows ? name + ".exe" : name).stream())
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

	private static Optional<Path> file(String folder, String name) {
		try {
			return Optional.of(Path.of(folder, name).toAbsolutePath());
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

}
