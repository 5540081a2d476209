package io.gennaker.activities.bake.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.bake.contract.HelmProgram.Answer;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The renderer that runs the {@code helm} program gives, over the corpus, what the
 * program gives by itself.
 */
class ProgramContractTests {

	@TempDir
	Path folder;

	static List<ChartCase> corpus() {
		return RenderingContractTests.all();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("corpus")
	void isWhatTheProgramRenders(ChartCase chart) throws Exception {
		assumeTrue(HelmProgram.isThere(), "the helm program is not on the PATH");
		Answer program = HelmProgram.template(chart, this.folder);
		Answer ours = ours(chart);
		assertThat(ours.rendered()).as("ours: %s, the program's: %s", ours.text(), program.text())
			.isEqualTo(program.rendered());
		if (program.rendered()) {
			assertThat(ManifestStream.documents(ours.text()))
				.containsExactlyElementsOf(ManifestStream.documents(program.text()));
		}
	}

	private Answer ours(ChartCase chart) throws Exception {
		List<ValuesLayer> layers = new ArrayList<>();
		for (Path file : chart.values()) {
			layers.add(new ValuesLayer(file.toString(), Files.readAllBytes(file)));
		}
		RenderLimits limits = RenderLimits.defaults().withFolder(this.folder.resolve("work"));
		Path program = Programs.onPath("helm").orElseThrow();
		try (var helm = new io.gennaker.activities.bake.renderer.HelmProgram(program, limits);
				UnpackedChart unpacked = new UnpackedChart(chart.read())) {
			return new Answer(true,
					Manifests.of(
							helm.render(new RenderRequest(unpacked, RenderingContractTests.RELEASE,
									RenderingContractTests.NAMESPACE, layers)),
							new ArtifactImages(Map.of()), Map.of(), ManifestLimits.defaults())
						.text());
		}
		catch (BakeRefusedException ex) {
			return new Answer(false, ex.getMessage());
		}
	}

}
