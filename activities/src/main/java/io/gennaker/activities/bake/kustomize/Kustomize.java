package io.gennaker.activities.bake.kustomize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.bake.program.ConfinedProgram;
import io.gennaker.activities.bake.program.ConfinedProgram.Ended;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.bake.program.WorkFolder;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import org.jspecify.annotations.Nullable;

/**
 * Puts overlays on top of what was rendered, by the {@code kustomize} program or
 * {@code kubectl kustomize}, which see the overlay's own files and nothing else.
 * Thread-safe.
 */
public final class Kustomize implements AutoCloseable {

	private static final String KUBECTL = "kubectl";

	private final @Nullable Path file;

	private final ProgramLimits limits;

	private final Path parent;

	private @Nullable WorkFolder folder;

	private @Nullable String name;

	/**
	 * Prepares nothing yet.
	 * @param program {@code kustomize} or {@code kubectl}; null where there is none
	 * @param parent where its folder goes
	 */
	public Kustomize(@Nullable Path program, ProgramLimits limits, Path parent) {
		this.file = program;
		this.limits = limits;
		this.parent = parent;
	}

	/**
	 * The program that a setting names; without a setting, {@code kustomize} or
	 * {@code kubectl} of the PATH.
	 * @param setting a path, {@code none} or nothing
	 */
	public static Optional<Path> find(@Nullable String setting) {
		return Programs.find("kustomize", setting)
			.or(() -> (setting == null || setting.isBlank()) ? Programs.onPath(KUBECTL) : Optional.empty());
	}

	/**
	 * Name and version of the program, such as {@code kubectl kustomize v5.7.1}.
	 */
	public synchronized String name() throws IOException, InterruptedException {
		String known = this.name;
		if (known == null) {
			boolean kubectl = isKubectl(program());
			Ended ended = run(work().newFolder("version"),
					kubectl ? List.of("version", "--client") : List.of("version"));
			known = (kubectl ? "kubectl " : "") + "kustomize " + version(ended.output());
			this.name = known;
		}
		return known;
	}

	private static String version(String output) {
		return output.lines()
			.filter((line) -> line.contains("ustomize Version") || line.startsWith("v") || line.startsWith("{"))
			.map((line) -> line.replaceFirst(".*?(v\\d+\\.\\d+\\.\\d+\\S*).*", "$1"))
			.reduce((_, last) -> last)
			.orElse("of unknown version");
	}

	/**
	 * What an overlay makes of what was rendered.
	 * @param revision the pipeline's files
	 * @param overlay a folder of theirs, with a kustomization
	 * @param rendered a YAML stream
	 * @return a YAML stream
	 * @throws BakeRefusedException if there is no program, the kustomization is refused,
	 * cannot be built or passes a limit
	 */
	public String build(PipelineFiles revision, String overlay, String rendered)
			throws IOException, InterruptedException {
		Map<String, byte[]> files = OverlayFiles.of(revision, overlay, rendered);
		boolean kubectl = isKubectl(program());
		Path root = work().newFolder("overlay");
		try {
			WorkFolder.write(root, files);
			Ended ended = run(root, List.of(kubectl ? "kustomize" : "build", root.resolve(overlay).toString(),
					"--load-restrictor", "LoadRestrictionsRootOnly"));
			if (ended.exit() != 0) {
				throw new BakeRefusedException(
						"it cannot be built: " + readable(ended.errors(), root).replaceFirst("^[Ee]rror: ", ""));
			}
			return ended.output();
		}
		catch (BakeRefusedException ex) {
			throw new BakeRefusedException("kustomization " + overlay + ": " + ex.getMessage(), ex);
		}
		finally {
			WorkFolder.delete(root);
		}
	}

	private String readable(String errors, Path root) throws IOException {
		return work().withoutPaths(errors.replace(root + "/", "").replace(root.toString(), ""));
	}

	private static boolean isKubectl(Path program) {
		return program.getFileName().toString().startsWith(KUBECTL);
	}

	private Path program() {
		if (this.file == null) {
			throw new BakeRefusedException("the stage has a kustomization, but there is neither kustomize nor kubectl "
					+ "on the PATH of Gennaker: put one there, or name it by gennaker.bake.kustomize");
		}
		return this.file;
	}

	private Ended run(Path home, List<String> arguments) throws IOException, InterruptedException {
		return new ConfinedProgram(program(), this.limits).run(home, arguments);
	}

	private synchronized WorkFolder work() throws IOException {
		WorkFolder known = this.folder;
		if (known == null) {
			known = WorkFolder.create(this.parent);
			this.folder = known;
		}
		return known;
	}

	@Override
	public synchronized void close() {
		if (this.folder != null) {
			this.folder.close();
		}
	}

}
