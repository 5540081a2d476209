package io.gennaker.activities.bake.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.activities.bake.contract.HelmProgram.Answer;
import io.gennaker.activities.bake.manifest.ArtifactImages;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.manifest.Manifests;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.RenderRequest;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is baked is, document by document and byte by byte, what {@code helm template}
 * renders, and what it refuses is refused.
 * <p>
 * The corpus is compared with what the program gave when it was recorded
 * ({@code -Dgennaker.charts.record=true} records it again) and, where it is on the PATH,
 * with what it gives now. {@code -Dgennaker.charts=FOLDER} adds all charts of a folder.
 */
class RenderingContractTests {

	static final String RELEASE = "classroom";

	static final String NAMESPACE = "school";

	private static final Path CORPUS = Path.of("src/test/resources/charts");

	private static final Path CLASSROOM = Path.of("../charts/classroom");

	private static final Path CLASSROOM_VALUES = Path.of("../pipelines/examples/classroom/values");

	@TempDir
	static Path folder;

	private static HelmRenderer renderer;

	@BeforeAll
	static void start() throws Exception {
		if (Boolean.getBoolean("gennaker.charts.record")) {
			for (ChartCase chart : corpus()) {
				HelmProgram.template(chart, folder).write(chart.expected());
			}
		}
		renderer = new HelmRenderer(RenderLimits.defaults().withFolder(folder).withProcesses(2));
	}

	@AfterAll
	static void stop() {
		renderer.close();
	}

	static List<ChartCase> corpus() {
		return ChartCase.corpus(CORPUS);
	}

	static List<ChartCase> all() {
		List<ChartCase> all = new ArrayList<>(corpus());
		all.add(new ChartCase("classroom", CLASSROOM,
				Stream.of("prod.yaml", "beijing.yaml").map(CLASSROOM_VALUES::resolve).toList(), null));
		String more = System.getProperty("gennaker.charts");
		if (more != null) {
			all.addAll(ChartCase.anyFolder(Path.of(more)));
		}
		return all;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("corpus")
	void isWhatTheProgramRenderedWhenItWasRecorded(ChartCase chart) throws Exception {
		Path expected = chart.expected();
		assertThat(expected).exists();
		compare(chart, Answer.read(expected));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("corpus")
	void whatTheProgramRefusesIsCalledSo(ChartCase chart) throws Exception {
		assertThat(Answer.read(chart.expected()).rendered()).isNotEqualTo(chart.name().contains("refused"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("all")
	void isWhatTheProgramRenders(ChartCase chart) throws Exception {
		assumeTrue(HelmProgram.isThere(), "the helm program is not on the PATH, so there is nothing to compare with");
		Answer program = HelmProgram.template(chart, folder);
		if (chart.expected() == null) {
			assumeTrue(program.equals(HelmProgram.template(chart, folder)) || !program.rendered(),
					"the chart renders differently each time, as charts do that make keys or passwords");
		}
		compare(chart, program);
	}

	private static void compare(ChartCase chart, Answer program) throws Exception {
		Answer ours = ours(chart);
		if (program.rendered()) {
			assertThat(ours.rendered()).as(ours.text()).isTrue();
			assertThat(ManifestStream.documents(ours.text()))
				.containsExactlyElementsOf(ManifestStream.documents(program.text()));
		}
		else {
			assertThat(ours.rendered()).as("rendered, where the program says: %s", program.text()).isFalse();
		}
	}

	private static Answer ours(ChartCase chart) throws Exception {
		List<ValuesLayer> layers = new ArrayList<>();
		for (Path file : chart.values()) {
			layers.add(new ValuesLayer(file.toString(), Files.readAllBytes(file)));
		}
		try (UnpackedChart unpacked = renderer.unpack(chart.read())) {
			return new Answer(true,
					Manifests
						.of(renderer.render(new RenderRequest(unpacked, RELEASE, NAMESPACE, layers)),
								new ArtifactImages(Map.of()), Map.of(), ManifestLimits.defaults())
						.text());
		}
		catch (BakeRefusedException ex) {
			return new Answer(false, ex.getMessage());
		}
	}

}
