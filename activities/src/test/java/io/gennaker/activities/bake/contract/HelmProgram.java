package io.gennaker.activities.bake.contract;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.gennaker.activities.bake.renderer.RenderLimits;

/**
 * The {@code helm} program on the PATH.
 */
final class HelmProgram {

	private HelmProgram() {
	}

	static boolean isThere() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "helm")));
	}

	/**
	 * What {@code helm template} says.
	 */
	static Answer template(ChartCase chart, Path scratch) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("helm", "template", RenderingContractTests.RELEASE,
				chart.chart().toAbsolutePath().toString(), "--namespace", RenderingContractTests.NAMESPACE,
				"--include-crds", "--kube-version", RenderLimits.defaults().kubeVersion()));
		chart.values().forEach((file) -> command.addAll(List.of("--values", file.toAbsolutePath().toString())));
		Path errors = Files.createTempFile(scratch, "helm", "stderr");
		Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		boolean rendered = process.waitFor() == 0;
		return new Answer(rendered, rendered ? output : Files.readString(errors));
	}

	/**
	 * What the program said.
	 *
	 * @param rendered whether the chart rendered
	 * @param text the documents, or the error
	 */
	record Answer(boolean rendered, String text) {

		private static final String REFUSED = "# refused\n";

		static Answer read(Path file) throws IOException {
			String text = Files.readString(file);
			return text.startsWith(REFUSED) ? new Answer(false, text.substring(REFUSED.length()))
					: new Answer(true, text);
		}

		/**
		 * An error's text holds paths of the machine, so only that there was one is kept.
		 */
		void write(Path file) throws IOException {
			Files.createDirectories(file.getParent());
			Files.writeString(file, this.rendered ? this.text : REFUSED);
		}

	}

}
