package io.gennaker.activities.bake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.CapabilityStore;
import io.gennaker.activities.bake.capability.Discovery;
import io.gennaker.activities.bake.capability.KnownCapabilities;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Binding;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.gennaker.activities.bake.BakeFixture.destination;
import static io.gennaker.activities.bake.BakeFixture.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Bakes from plain manifests, through kustomizations, and by what clusters can do.
 */
class BakeSourcesTests {

	private static final String API = "registry.example.com/classroom/api";

	private static final String DEPLOYMENT = """
			apiVersion: apps/v1
			kind: Deployment
			metadata: {name: api}
			spec:
			  template:
			    spec:
			      containers:
			      - {name: api, image: 'registry.example.com/classroom/api:v0', command: ['${{ kept }}']}
			""";

	@TempDir
	Path folder;

	private final BakeFixture fixture = new BakeFixture();

	private final FakeCapabilities clusters = new FakeCapabilities();

	private @Nullable BakeTools tools;

	@AfterEach
	void close() {
		if (this.tools != null) {
			this.tools.renderers().close();
			this.tools.kustomize().close();
			assertThat(this.folder.toFile().list()).as("beside what is kept on purpose").containsOnly("charts-cache");
		}
	}

	private BakeResult bake(BakeRequest request, @Nullable Path helm, @Nullable Path kustomize) throws IOException {
		BakeLimits defaults = BakeLimits.defaults();
		this.tools = BakeFixture.tools(new BakeLimits(defaults.rendering().withFolder(this.folder).withProcesses(1),
				defaults.chart(), defaults.manifests()), this.clusters, helm, kustomize);
		return new HelmBaking(this.fixture, this.fixture, new Expressions(), this.tools, (_) -> {
		}).bake(request);
	}

	private String refusal(BakeRequest request, @Nullable Path kustomize) {
		ApplicationFailure failure = assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> bake(request, null, kustomize))
			.actual();
		assertThat(failure.getType()).isEqualTo(Failures.BAKE_REFUSED);
		assertThat(failure.getOriginalMessage()).doesNotContain(this.folder.toString());
		return failure.getOriginalMessage();
	}

	private BakeSourcesTests file(String path, String text) {
		this.fixture.files(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
		return this;
	}

	private String manifests(BakeResult result, String cluster) {
		return this.fixture.manifests(result.in("all", cluster).digest());
	}

	private static Path kubectl() {
		Optional<Path> program = Kustomize.find(null);
		assumeTrue(program.isPresent(), "neither kustomize nor kubectl is on the PATH");
		return program.orElseThrow();
	}

	private static Path helm() {
		Optional<Path> program = Programs.onPath("helm");
		assumeTrue(program.isPresent(), "the helm program is not on the PATH");
		return program.orElseThrow();
	}

	private static Stage.Bake plain(String path, @Nullable String kustomize) {
		return new Stage.Bake("bake", Stage.Options.NONE, new ChartSource.Manifests(path), "classroom", List.of(),
				Map.of(), kustomize, Binding.DEFAULT);
	}

	private static Stage.Bake charted(String kustomize) {
		return new Stage.Bake("bake", Stage.Options.NONE, new ChartSource.Path("charts/it", null), "classroom",
				List.of(), Map.of(), kustomize, Binding.DEFAULT);
	}

	@Test
	void plainManifestsAreOrderedAndBoundAndElseAsWritten() throws Exception {
		file("manifests/a.yaml", DEPLOYMENT + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: classroom}\n")
			.file("manifests/more/b.json",
					"{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"api\"}}")
			.file("manifests/c.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n")
			.file("manifests/README.md", "not: one")
			.file("manifests-other/x.yaml", "kind: Nothing");
		this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN);
		BakeResult result = bake(this.fixture.request(plain("manifests", null), destination("beijing")), null, null);
		assertThat(manifests(result, "beijing").lines().filter((line) -> line.matches("(# Source|kind|\\{\"api).*")))
			.containsExactly("# Source: manifests/a.yaml", "kind: Namespace", "# Source: manifests/c.yml",
					"kind: ConfigMap", "# Source: manifests/more/b.json",
					"{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"labels\": "
							+ "{\"gennaker.io/release\": \"classroom\", \"gennaker.io/release-namespace\": \"ns-beijing\", "
							+ "\"gennaker.io/pipeline\": \"classroom\"}, \"name\": \"api\"}}",
					"# Source: manifests/a.yaml", "kind: Deployment");
		assertThat(manifests(result, "beijing")).contains(API + ":v1@" + BakeFixture.digest("1"), "${{ kept }}");
		assertThat(this.fixture.provenance.chartName()).isEqualTo("manifests");
		assertThat(this.fixture.provenance.chartDigest()).matches("sha256:[0-9a-f]{64}");
		assertThat(this.fixture.provenance.renderer()).isEqualTo("plain manifests");
	}

	@Test
	void aFolderMayDependOnTheCluster() throws Exception {
		file("manifests/beijing/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: here}\n");
		BakeRequest request = this.fixture.request(plain("manifests/${{ cluster.name }}", null), destination("beijing"),
				destination("mars"));
		assertThat(refusal(request, null))
			.isEqualTo("cluster mars: there are no .yaml, .yml or .json files in a folder "
					+ "manifests/mars among the pipeline's files");
	}

	@Test
	void manifestsThatAreNoObjectsAreNamed() {
		file("manifests/a.yaml", "a: 1\n");
		assertThat(refusal(this.fixture.request(plain("manifests", null), destination("beijing")), null))
			.contains("manifests/a.yaml", "without a kind");
	}

	@Test
	void aKustomizationGoesOnTopAndHooksAndCrdsSurvive() throws Exception {
		Path program = kubectl();
		this.fixture.files(ChartFixture.chart("it")
			.template("api.yaml", DEPLOYMENT.replace("${{ kept }}", "serve"))
			.template("hook.yaml", """
					apiVersion: batch/v1
					kind: Job
					metadata:
					  name: migrate
					  annotations: {"helm.sh/hook": "pre-upgrade", "helm.sh/hook-weight": "-5"}
					""")
			.file("crds/thing.yaml", """
					apiVersion: apiextensions.k8s.io/v1
					kind: CustomResourceDefinition
					metadata: {name: things.example.com}
					spec: {group: example.com}
					""")
			.template("NOTES.txt", "Hello")
			.inFolder("charts/it"));
		file("overlays/beijing/kustomization.yaml", """
				resources: [extra.yaml]
				commonAnnotations: {region: beijing}
				patches:
				- path: patch.yaml
				""").file("overlays/beijing/extra.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n")
			.file("overlays/beijing/patch.yaml",
					"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 7}\n");
		this.fixture.artifact("api", API, true, "v1", "1", Origin.CHOSEN);
		BakeRequest request = this.fixture.request(charted("overlays/${{ cluster.name }}"), destination("beijing"));
		BakeResult result = bake(request, null, program);
		String manifests = manifests(result, "beijing");
		assertThat(manifests).contains("replicas: 7", "name: extra", "region: beijing", "helm.sh/hook: pre-upgrade",
				"helm.sh/hook-weight: \"-5\"", "name: things.example.com", API + ":v1@" + BakeFixture.digest("1"));
		assertThat(result.manifests().getFirst().objects()).isEqualTo(4);
		assertThat(this.fixture.provenance.renderer()).matches("helm-java .*, (kubectl )?kustomize v\\d+\\..*");
		assertThat(this.fixture.provenance.notes()).containsEntry("beijing", "Hello");
	}

	@Test
	void kustomizesOwnWordsAreShown() {
		Path program = kubectl();
		file("manifests/a.yaml", DEPLOYMENT).file("overlays/kustomization.yaml", "patches:\n- path: patch.yaml\n")
			.file("overlays/patch.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: nowhere}\n");
		assertThat(refusal(this.fixture.request(plain("manifests", "overlays"), destination("beijing")), program))
			.startsWith("cluster beijing: kustomization overlays: it cannot be built: ")
			.contains("nowhere");
	}

	@Test
	void aKustomizationOutsideIsRefusedBeforeAnythingRuns() {
		file("manifests/a.yaml", DEPLOYMENT).file("overlays/kustomization.yaml",
				"resources: ['https://example.com/base']\n");
		assertThat(refusal(this.fixture.request(plain("manifests", "overlays"), destination("beijing")),
				Path.of("no-such-program")))
			.contains("overlays/kustomization.yaml: 'resources' names 'https://example.com/base'");
	}

	@Test
	void aKustomizationWithoutProgramSaysWhatToDo() {
		file("manifests/a.yaml", DEPLOYMENT).file("overlays/kustomization.yaml", "namePrefix: a-\n");
		assertThat(refusal(this.fixture.request(plain("manifests", "overlays"), destination("beijing")), null))
			.contains("neither kustomize nor kubectl on the PATH", "gennaker.bake.kustomize");
	}

	private void asking(String template) {
		this.fixture.files(new TreeMap<>(ChartFixture.chart("it")
			.template("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: it}\ndata:\n" + template)
			.inFolder("charts/it")));
	}

	@Test
	void eachClustersOwnVersionIsSeenAndRecorded() throws Exception {
		asking("  version: {{ .Capabilities.KubeVersion.Version }}\n");
		this.clusters.cluster("beijing", "v1.31.7", "v1").cluster("shanghai", "v1.28.2", "v1", "apps/v1");
		BakeRequest request = this.fixture.request(stage("charts/it", null, List.of(), Map.of()),
				destination("beijing"), destination("shanghai"));
		BakeResult result = bake(request, null, null);
		assertThat(manifests(result, "beijing")).contains("version: v1.31.7");
		assertThat(manifests(result, "shanghai")).contains("version: v1.28.2");
		assertThat(this.fixture.provenance.capabilities()).extracting(BakeStore.SeenCapabilities::cluster)
			.containsExactly("beijing", "shanghai");
		assertThat(this.fixture.provenance.capabilities().getFirst()).isEqualTo(new BakeStore.SeenCapabilities(
				"beijing", "v1.31.7", this.clusters.of("beijing").apisDigest(), FakeCapabilities.SEEN, ""));
	}

	@Test
	void aChartThatAsksNothingNeedsNoCluster() throws Exception {
		asking("  a: b\n");
		bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")), null, null);
		assertThat(this.clusters.asked).isEmpty();
		assertThat(this.fixture.provenance.capabilities()).isEmpty();
	}

	@Test
	void whatHelmAndTheClusterAnswerAlikeNeedsNoProgram() throws Exception {
		asking("  apps: {{ .Capabilities.APIVersions.Has \"apps/v1\" }} {{ .Capabilities.APIVersions.Has \"a/v1\" }}\n");
		this.clusters.cluster("beijing", "v1.31.7", "v1", "apps/v1", "monitoring.coreos.com/v1");
		BakeResult result = bake(
				this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")), null,
				null);
		assertThat(manifests(result, "beijing")).contains("apps: true false");
		assertThat(this.fixture.provenance.renderer()).startsWith("helm-java");
	}

	@Test
	void aQuestionThatHelmAnswersWronglyIsTheProgramsToAnswer() throws Exception {
		Path program = helm();
		asking("""
				  monitoring: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}
				  kind: {{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }}
				  gone: {{ .Capabilities.APIVersions.Has "policy/v1beta1" }}
				""");
		this.clusters.cluster("beijing", "v1.31.7", "v1", "apps/v1", "apps/v1/Deployment", "monitoring.coreos.com/v1")
			.cluster("shanghai", "v1.31.7", "v1");
		BakeResult result = bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()),
				destination("beijing"), destination("shanghai")), program, null);
		assertThat(manifests(result, "beijing")).contains("monitoring: true\n", "kind: true\n", "gone: false\n");
		assertThat(manifests(result, "shanghai")).contains("monitoring: false\n", "kind: false\n", "gone: false\n");
		assertThat(this.fixture.provenance.renderer()).contains("helm program v");
	}

	@Test
	void aClusterThatNeverAnsweredIsWaitedFor() throws Exception {
		asking("  version: {{ .Capabilities.KubeVersion.Version }}\n");
		BakeLimits defaults = BakeLimits.defaults();
		this.tools = BakeFixture.tools(new BakeLimits(defaults.rendering().withFolder(this.folder).withProcesses(1),
				defaults.chart(), defaults.manifests()), new KnownCapabilities((_) -> {
					throw new Discovery.ClusterAwayException("nothing accepts connections there",
							new IllegalStateException());
				}, new EmptyStore(), Clock.systemUTC()), null, null);
		HelmBaking baking = new HelmBaking(this.fixture, this.fixture, new Expressions(), this.tools, (_) -> {
		});
		ApplicationFailure failure = assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> baking
				.bake(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing"))))
			.actual();
		assertThat(failure.isNonRetryable()).isFalse();
		assertThat(failure.getOriginalMessage()).contains("cluster beijing does not answer",
				"nothing accepts connections there", "tried again until it answers");
	}

	@Test
	void whatAClusterSaidLastIsTakenAndRecordedAsThat() throws Exception {
		asking("  version: {{ .Capabilities.KubeVersion.Version }}\n");
		this.clusters.away("beijing", "v1.31.7", "it was unplugged");
		BakeResult result = bake(
				this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")), null,
				null);
		assertThat(manifests(result, "beijing")).contains("version: v1.31.7");
		assertThat(this.fixture.provenance.capabilities()).extracting(BakeStore.SeenCapabilities::outage)
			.containsExactly("it was unplugged");
	}

	@Test
	void withoutTheProgramTheQuestionIsNamed() {
		asking("  monitoring: {{ .Capabilities.APIVersions.Has \"monitoring.coreos.com/v1\" }}\n");
		this.clusters.cluster("beijing", "v1.31.7", "v1", "monitoring.coreos.com/v1");
		assertThat(refusal(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")),
				null))
			.startsWith("cluster beijing: chart charts/it asks in templates/a.yaml whether the cluster has "
					+ "monitoring.coreos.com/v1, which this one has and Helm's own list lacks")
			.contains("put helm on the PATH of Gennaker");
	}

	@Test
	void withoutTheProgramTheWholeListIsNamed() {
		asking("  all: {{ .Capabilities.APIVersions | len }}\n");
		this.clusters.cluster("beijing", "v1.31.7", "v1");
		assertThat(refusal(this.fixture.request(stage("charts/it", null, List.of(), Map.of()), destination("beijing")),
				null))
			.contains("uses in templates/a.yaml the cluster's whole .Capabilities.APIVersions", "put helm on the PATH");
	}

	/**
	 * Keeps nothing.
	 */
	private static final class EmptyStore implements CapabilityStore {

		@Override
		public void keep(String cluster, Capabilities capabilities) {
			throw new AssertionError("nothing was told");
		}

		@Override
		public Optional<Capabilities> last(String cluster) {
			return Optional.empty();
		}

	}

}
