package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.program.ConfinedProgram;
import io.gennaker.activities.bake.program.ConfinedProgram.Ended;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.program.WorkFolder;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Renders by the {@code helm} program, one run for each rendering: slower by far than
 * {@link HelmRenderer}, but it can be told a cluster's APIs. Helm adds these to a list of
 * its own; where a chart would see that difference, the list is hidden from it.
 */
public final class HelmProgram implements ChartRenderer {

	/** How many APIs go into one argument, whose length systems limit. */
	private static final int APIS_PER_ARGUMENT = 200;

	private final RenderLimits limits;

	private final ConfinedProgram program;

	private final WorkFolder folder;

	private @Nullable String name;

	/**
	 * Prepares its folder; nothing is run yet.
	 * @param program the program's file
	 * @throws IOException if the folder cannot be written
	 */
	public HelmProgram(Path program, RenderLimits limits) throws IOException {
		this.limits = limits;
		this.program = new ConfinedProgram(program,
				new ProgramLimits(limits.timeout(), limits.memoryBytes(), limits.outputBytes()));
		this.folder = WorkFolder.create(limits.folder());
	}

	/**
	 * Such as {@code helm program v3.21.3}.
	 * @throws IllegalStateException if the program does not tell its version
	 */
	@Override
	public synchronized String name() {
		String known = this.name;
		if (known == null) {
			known = "helm program " + version();
			this.name = known;
		}
		return known;
	}

	private String version() {
		try {
			Path home = this.folder.newFolder("version");
			Ended ended = this.program.run(home, List.of("version", "--template", "{{.Version}}"));
			if (ended.exit() != 0) {
				throw new IllegalStateException("the helm program does not tell its version: " + ended.errors());
			}
			return ended.output().strip();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the helm program cannot be run: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public RenderedChart render(RenderRequest request) throws IOException, InterruptedException {
		boolean hide = request.capabilities() != null && request.use().any();
		Path chart = request.chart()
			.archive(this.folder, hide ? "program, cluster alone" : "program",
					(files) -> ProgramChart.files(files, hide));
		Ended ended = run(request, chart);
		if (ended.exit() != 0) {
			throw refused(request, "does not render: " + readable(ended.errors(), request), null);
		}
		return ProgramChart.read(ended.output(), request.chart().source().metadata().name());
	}

	private Ended run(RenderRequest request, Path chart) throws IOException, InterruptedException {
		Path work = this.folder.newFolder("run");
		try {
			return this.program.run(work, arguments(request, chart, work));
		}
		catch (BakeRefusedException ex) {
			throw refused(request, "cannot be rendered: " + ex.getMessage(), ex);
		}
		finally {
			WorkFolder.delete(work);
		}
	}

	private List<String> arguments(RenderRequest request, Path chart, Path work) throws IOException {
		Capabilities capabilities = request.capabilities();
		List<String> arguments = new ArrayList<>(List.of("template", request.release(), chart.toString(), "--namespace",
				request.namespace(), "--kube-version",
				(capabilities != null) ? capabilities.kubeVersion() : this.limits.kubeVersion()));
		for (int i = 0; i < request.values().size(); i++) {
			Path file = work.resolve("values-" + i + ".yaml");
			Files.write(file, request.values().get(i).yaml());
			arguments.addAll(List.of("--values", file.toString()));
		}
		if (capabilities != null) {
			arguments.addAll(List.of("--api-versions", ProgramChart.BEGIN));
			List<String> apis = capabilities.apiList();
			for (int from = 0; from < apis.size(); from += APIS_PER_ARGUMENT) {
				List<String> some = apis.subList(from, Math.min(from + APIS_PER_ARGUMENT, apis.size()));
				arguments.addAll(List.of("--api-versions", String.join(",", some)));
			}
		}
		return arguments;
	}

	private String readable(String errors, RenderRequest request) {
		String text = request.chart()
			.readable(errors.replace("Use --debug flag to render out invalid YAML", "")
				.strip()
				.replaceFirst("^Error: ", ""));
		for (int i = 0; i < request.values().size(); i++) {
			text = text.replaceAll("\\S*/values-" + i + "\\.yaml",
					Matcher.quoteReplacement(request.values().get(i).name()));
		}
		return this.folder.withoutPaths(text);
	}

	private static BakeRefusedException refused(RenderRequest request, String reason, @Nullable Exception cause) {
		String message = "chart " + request.chart().name() + " " + reason;
		return (cause != null) ? new BakeRefusedException(message, cause) : new BakeRefusedException(message);
	}

	@Override
	public void close() {
		this.folder.close();
	}

}
