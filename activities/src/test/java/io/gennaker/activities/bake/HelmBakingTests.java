package io.gennaker.activities.bake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Binding;
import io.gennaker.pipelines.model.ImageValues;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Values;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.gennaker.activities.bake.BakeFixture.destination;
import static io.gennaker.activities.bake.BakeFixture.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HelmBakingTests {

	private static final String API = "registry.example.com/classroom/api";

	private static final ChartFixture CHART = ChartFixture.chart("it")
		.file("values.yaml", "a: chart\nb: chart\nc: chart\nd: chart\ne: chart\nf: chart\ntyped: x\ngone: here\n")
		.template("values.yaml",
				"""
						apiVersion: v1
						kind: ConfigMap
						metadata: {name: values}
						data:
						  layers: {{ .Values.a }} {{ .Values.b }} {{ .Values.c }} {{ .Values.d }} {{ .Values.e }} {{ .Values.f }}
						  typed: {{ kindOf .Values.typed }} {{ .Values.typed }}
						  gone: {{ hasKey .Values "gone" }}
						  release: {{ .Release.Namespace }}/{{ .Release.Name }}
						""")
		.template("pod.yaml", """
				apiVersion: v1
				kind: Pod
				metadata: {name: api}
				spec:
				  containers:
				  - name: api
				    image: {{ .Values.image | default "registry.example.com/classroom/api:v0" }}
				  - name: sidecar
				    image: busybox
				""")
		.template("NOTES.txt", "Look at {{ .Release.Namespace }}");

	@TempDir
	static Path folder;

	private static BakeTools tools;

	private final BakeFixture fixture = new BakeFixture().files(CHART.inFolder("charts/it"));

	private final List<String> heartbeats = Collections.synchronizedList(new ArrayList<>());

	@BeforeAll
	static void start() throws Exception {
		BakeLimits defaults = BakeLimits.defaults();
		BakeLimits limits = new BakeLimits(defaults.rendering().withFolder(folder).withProcesses(2), defaults.chart(),
				defaults.manifests());
		tools = BakeFixture.tools(limits, new FakeCapabilities(), null, null);
	}

	@AfterAll
	static void stop() {
		tools.renderers().close();
	}

	private BakeResult bake(BakeRequest request) {
		return new HelmBaking(this.fixture, this.fixture, new Expressions(), this.fixture.with(tools),
				this.heartbeats::add)
			.bake(request);
	}

	private String manifests(BakeResult result, String cluster) {
		return this.fixture.manifests(result.in("all", cluster).digest());
	}

	private ApplicationFailure refusal(BakeRequest request) {
		ApplicationFailure failure = assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> bake(request))
			.actual();
		assertThat(failure.isNonRetryable()).isTrue();
		assertThat(failure.getOriginalMessage()).doesNotContain(folder.toString());
		return failure;
	}

	@Test
	void valuesLieInTheirOrder() {
		this.fixture.files(Map.of("v/stage.yaml", "b: stage\nc: stage\nd: stage\ne: stage\nf: stage".getBytes(),
				"v/target.yaml", "c: target\nd: target\ne: target\nf: target".getBytes(), "v/beijing.yaml",
				"d: cluster\ne: cluster\nf: cluster".getBytes()));
		BakeResult result = bake(this.fixture.parameter("level", "stage-set")
			.request(
					stage("charts/it", "1.2.3", List.of("v/stage.yaml"),
							Map.of("e", "${{ parameters.level }}", "f", "stage-set")),
					destination("beijing",
							new Target.Override(List.of("v/${{ cluster.name }}.yaml"), Map.of("f", "cluster-set")),
							"v/target.yaml")));
		assertThat(manifests(result, "beijing")).contains("layers: chart stage target cluster stage-set cluster-set\n",
				"release: ns-beijing/classroom\n");
	}

	@Test
	void thePipelinesValuesLieAboveTheChartsAndBelowTheStages() {
		this.fixture.files(Map.of("v/pipeline.yaml", "b: pipeline\nc: pipeline\nd: pipeline".getBytes(), "v/stage.yaml",
				"c: stage\nd: stage".getBytes()));
		BakeRequest plain = this.fixture.request(
				stage("charts/it", "1.2.3", List.of("v/stage.yaml"), Map.of("f", "stage-set")), destination("beijing"));
		BakeResult result = bake(
				new BakeRequest(plain.executionId(), plain.revisionId(), plain.stage(), plain.artifacts(),
						plain.bindings(), plain.context(), plain.destinations(), new Values(List.of("v/pipeline.yaml"),
								Map.of("d", "${{ cluster.name }}-set", "e", "pipeline-set", "f", "pipeline-set"))));
		assertThat(manifests(result, "beijing"))
			.contains("layers: chart pipeline stage beijing-set pipeline-set stage-set\n");
	}

	@Test
	void theWinningLayerIsExplainedAsItIsBaked() {
		this.fixture.files(Map.of("v/stage.yaml", "\nb: stage".getBytes()));
		BakeRequest request = this.fixture
			.request(stage("charts/it", "1.2.3", List.of("v/stage.yaml"), Map.of("c", "set")), destination("beijing"));
		ValuesExplanation explanation = new HelmBaking(this.fixture, this.fixture, new Expressions(), tools,
				this.heartbeats::add)
			.values(request);
		assertThat(explanation.about("b").entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.winner().place()).isEqualTo("v/stage.yaml:2"));
		assertThat(explanation.about("c").entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.winner().place()).isEqualTo("set of stage bake"));
	}

	@Test
	void setKeepsTypesAndNullTakesAway() {
		Map<String, Object> nothing = new LinkedHashMap<>();
		nothing.put("gone", null);
		nothing.put("typed", "007");
		BakeResult result = bake(this.fixture.parameter("replicas", 6L)
			.request(stage("charts/it", null, List.of(), nothing), destination("text"),
					destination("number",
							new Target.Override(List.of(), Map.of("typed", "${{ parameters.replicas }}"))),
					destination("flag", new Target.Override(List.of(), Map.of("typed", true)))));
		assertThat(manifests(result, "text")).contains("typed: string 007\n", "gone: false\n");
		assertThat(manifests(result, "number")).contains("typed: float64 6\n");
		assertThat(manifests(result, "flag")).contains("typed: bool true\n");
	}

	@Test
	void imagesAreBoundAndTheRestIsRecorded() {
		BakeResult result = bake(this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN)
			.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")));
		String after = API + ":v1@" + BakeFixture.digest("1");
		assertThat(manifests(result, "beijing")).contains("image: \"" + after + "\"", "image: busybox");
		assertThat(this.fixture.boundImages)
			.containsExactly(new BakeStore.BoundImage("beijing", "api", "Pod/api", "api", API + ":v0", after));
		assertThat(this.fixture.provenance).isNotNull();
		assertThat(this.fixture.provenance.chartVersion()).isEqualTo("1.2.3");
		assertThat(this.fixture.provenance.uncovered()).containsExactly("busybox");
		assertThat(this.fixture.provenance.notes()).containsEntry("beijing", "Look at ns-beijing");
	}

	@Test
	void objectsAreMarkedWithTheirReleaseAndPipeline() {
		String manifests = manifests(bake(this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN)
			.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing"))), "beijing");
		assertThat(manifests).contains("\"gennaker.io/release\": \"classroom\"",
				"\"gennaker.io/release-namespace\": \"ns-beijing\"", "\"gennaker.io/pipeline\": \"classroom\"",
				"\"gennaker.io/component\": \"api\"");
	}

	@Test
	void aChartThatComputesWithItsImageGetsItByValues() {
		this.fixture.files(Map.of("charts/it/templates/computed.yaml", """
				apiVersion: v1
				kind: Pod
				metadata: {name: computed}
				spec:
				  containers:
				  - name: {{ .Values.api.tag | replace "." "-" }}
				    image: "{{ .Values.api.host }}/{{ .Values.api.path }}:{{ .Values.api.tag | default "none" }}"
				    args: ["{{ .Values.api.digest }}", "{{ .Values.api.whole }}", "{{ .Values.api.other }}"]
				""".getBytes(), "v.yaml", "api: {tag: file, other: file}".getBytes()));
		this.fixture.artifact("api", API, true, "v1.2", "1", Origin.CHOSEN)
			.values("api", new ImageValues("api.host", "api.path", "api.tag", "api.digest", "api.whole"));
		BakeResult result = bake(this.fixture
			.request(stage("charts/it", null, List.of("v.yaml"), Map.of("api.other", "set")), destination("beijing")));
		String after = API + ":v1.2@" + BakeFixture.digest("1");
		assertThat(manifests(result, "beijing")).contains("name: v1-2\n", "image: \"" + after + "\"",
				"args: [\"" + BakeFixture.digest("1") + "\", \"" + after + "\", \"set\"]");
	}

	@Test
	void setLiesAboveTheValuesOfArtifacts() {
		this.fixture.files(Map.of("charts/it/templates/tag.yaml",
				"apiVersion: v1\nkind: Thing\nmetadata: {name: tag}\nspec: {tag: '{{ .Values.tag }}'}\n".getBytes()));
		this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN)
			.values("api", new ImageValues(null, null, "tag", null, null));
		BakeResult result = bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of("tag", "mine")),
				destination("beijing")));
		assertThat(manifests(result, "beijing")).contains("spec: {tag: 'mine'}");
	}

	private static Stage.Bake pinningStage(Map<String, Object> set) {
		Stage.Bake plain = stage("charts/it", null, List.of(), set);
		return new Stage.Bake(plain.id(), plain.options(), plain.chart(), plain.release(), plain.values(), plain.set(),
				null, new Binding(List.of(), Binding.Pin.ALL, List.of(), false, 5));
	}

	@Test
	void imagesOfNoArtifactArePinnedOnceForTheWholeBake() {
		this.fixture.registry.put("docker.io/library/busybox:latest", BakeFixture.digest("7"));
		this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN);
		BakeRequest request = this.fixture.request(pinningStage(Map.of()), destination("beijing"),
				destination("shanghai"), destination("guangdong"));
		BakeResult first = bake(request);
		String pinned = "busybox@" + BakeFixture.digest("7");
		assertThat(manifests(first, "shanghai")).contains("image: \"" + pinned + "\"");
		assertThat(this.fixture.asked).containsExactly("docker.io/library/busybox:latest");
		assertThat(this.fixture.boundImages).hasSize(6)
			.contains(new BakeStore.BoundImage("beijing", "", "Pod/api", "sidecar", "busybox", pinned));
		assertThat(this.fixture.provenance.uncovered()).containsExactly("busybox");
		this.fixture.registry.put("docker.io/library/busybox:latest", BakeFixture.digest("8"));
		assertThat(bake(request)).isEqualTo(first);
	}

	@Test
	void anImageThatNoRegistryHasIsRefusedWithItsPlace() {
		ApplicationFailure failure = refusal(this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN)
			.request(pinningStage(Map.of()), destination("beijing")));
		assertThat(failure.getType()).isEqualTo(Failures.BAKE_REFUSED);
		assertThat(failure.getOriginalMessage())
			.contains("Images to pin that their registries do not have: beijing: Pod/api container sidecar: busybox.");
		assertThat(this.fixture.kept).isEmpty();
	}

	@Test
	void aRegistryThatIsAwayMakesTheBakeBeTriedAgain() {
		BakeRequest request = this.fixture.request(pinningStage(Map.of("image", "away.example.com/thing:v1")),
				destination("beijing"));
		this.fixture.registry.put("docker.io/library/busybox:latest", BakeFixture.digest("7"));
		ApplicationFailure failure = assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> bake(request))
			.actual();
		assertThat(failure.isNonRetryable()).isFalse();
		assertThat(failure.getType()).isEqualTo("registry-unavailable");
		assertThat(failure.getOriginalMessage()).isEqualTo("away.example.com: it does not answer");
	}

	@Test
	void theSameRequestGivesTheSameDigests() {
		BakeRequest request = this.fixture.request(stage("charts/it", null, List.of(), Map.of()),
				destination("beijing"), destination("shanghai"));
		BakeResult first = bake(request);
		assertThat(bake(request)).isEqualTo(first);
		assertThat(first.digest()).matches("sha256:[0-9a-f]{64}");
		assertThat(first.manifests().get(0).digest()).isNotEqualTo(first.manifests().get(1).digest());
		assertThat(first.manifests().get(0).objects()).isEqualTo(2);
	}

	@Test
	void theOrderOfDestinationsDoesNotChangeTheDigest() {
		assertThat(bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("shanghai"),
				destination("beijing")))
			.digest())
			.isEqualTo(bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing"),
					destination("shanghai")))
				.digest());
	}

	@Test
	void manyClustersAreBakedWithProgress() {
		BakeRequest.Destination[] destinations = IntStream.range(0, 50)
			.mapToObj((n) -> destination("c" + n))
			.toArray(BakeRequest.Destination[]::new);
		BakeResult result = bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destinations));
		assertThat(result.manifests()).hasSize(50);
		assertThat(this.fixture.kept).hasSize(50);
		assertThat(this.heartbeats).contains("0 of 50 clusters baked", "49 of 50 clusters baked");
	}

	@Test
	void bothListsOfWhatIsNotCarriedAreTold() {
		ApplicationFailure failure = refusal(
				this.fixture.artifact("proxy", "registry.example.com/classroom/proxy", true, "v1", "1", Origin.DEFAULT)
					.artifact("jobrunner", "registry.example.com/classroom/jobrunner", false, "v1", "1", Origin.PUSHED)
					.artifact("mirror", "registry.example.com/mirror", false, "v1", "1", Origin.LAST_RELEASE)
					.unboundArtifact("api", API)
					.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")));
		assertThat(failure.getType()).isEqualTo(Failures.BAKE_REFUSED);
		assertThat(failure.getOriginalMessage())
			.contains("no pod template carries: proxy (registry.example.com/classroom/proxy); "
					+ "jobrunner (registry.example.com/classroom/jobrunner).")
			.contains("without their digest: beijing: Pod/api container api: " + API + ":v0")
			.doesNotContain("mirror");
		assertThat(this.fixture.kept).isEmpty();
	}

	@Test
	void whatDoesNotRenderNamesClusterChartTemplateAndLine() {
		this.fixture.files(Map.of("charts/it/templates/bad.yaml", "a: 1\nb: {{ .Values.nothing.there }}\n".getBytes()));
		ApplicationFailure failure = refusal(
				this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")));
		assertThat(failure.getType()).isEqualTo(Failures.BAKE_REFUSED);
		assertThat(failure.getOriginalMessage())
			.startsWith("cluster beijing: chart charts/it does not render: template: it/templates/bad.yaml:2");
	}

	@Test
	void missingFilesAndWrongVersionsAreNamed() {
		assertThat(refusal(this.fixture.request(stage("charts/it", null, List.of("v/none.yaml"), Map.of()),
				destination("beijing")))
			.getOriginalMessage())
			.isEqualTo("cluster beijing: there is no values file v/none.yaml among the pipeline's files");
		assertThat(
				refusal(this.fixture.request(stage("charts/it", "9.9.9", List.of(), Map.of()), destination("beijing")))
					.getOriginalMessage())
			.contains("has version 1.2.3, but the stage wants 9.9.9");
	}

	@Test
	void anExpressionThatFailsSaysSo() {
		ApplicationFailure failure = refusal(this.fixture.request(
				stage("charts/it", null, List.of(), Map.of("a", "${{ parameters.nothing }}")), destination("beijing")));
		assertThat(failure.getType()).isEqualTo(Failures.BAD_EXPRESSION);
	}

}
