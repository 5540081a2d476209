package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.workflows.binding.BoundArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManifestsTests {

	private static final String API = "registry.example.com/classroom/api";

	private static final String DIGEST = "sha256:" + "1".repeat(64);

	private static final String BOUND = API + ":v1@" + DIGEST;

	private static final Map<String, Artifact> ARTIFACTS = Map.of("api", new Artifact(API, true, null));

	private static final Map<String, BoundArtifact> IMAGES = Map.of("api",
			new BoundArtifact("api", API, "v1", DIGEST, BoundArtifact.Origin.CHOSEN));

	private static Manifests of(String... templates) {
		List<RenderedFile> files = new ArrayList<>();
		for (String template : templates) {
			files.add(new RenderedFile("it/templates/" + (char) ('a' + files.size()) + ".yaml", false, template));
		}
		return of(new RenderedChart(files, ""), IMAGES);
	}

	private static Manifests of(RenderedChart chart, Map<String, BoundArtifact> bound) {
		return Manifests.of(chart, new ArtifactImages(ARTIFACTS), bound, ManifestLimits.defaults());
	}

	private static String object(String kind, String spec) {
		return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: it\n" + spec + "\n";
	}

	private static String refusal(String template) {
		return assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> of(template))
			.actual()
			.getMessage();
	}

	@ParameterizedTest
	@CsvSource({ "v1, Pod, spec", "v1, ReplicationController, spec.template.spec",
			"apps/v1, Deployment, spec.template.spec", "apps/v1, StatefulSet, spec.template.spec",
			"apps/v1, DaemonSet, spec.template.spec", "apps/v1, ReplicaSet, spec.template.spec",
			"batch/v1, Job, spec.template.spec", "batch/v1, CronJob, spec.jobTemplate.spec.template.spec",
			"v1, PodTemplate, template.spec" })
	void everyKindOfPodTemplateIsBound(String apiVersion, String kind, String path) {
		StringBuilder yaml = new StringBuilder(
				"apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: it}\n");
		String indent = "";
		for (String key : path.split("\\.")) {
			yaml.append(indent).append(key).append(":\n");
			indent += "  ";
		}
		for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
			yaml.append(indent).append(list).append(": [{name: ").append(list).append(", image: '" + API + ":v0'}]\n");
		}
		Manifests manifests = of(yaml.toString());
		assertThat(manifests.text()).contains("image: \"" + BOUND + "\"").doesNotContain("v0");
		assertThat(manifests.images().bound()).hasSize(3)
			.contains(new FoundImages.Bound("api", kind + "/it", "containers", API + ":v0", BOUND));
	}

	@ParameterizedTest
	@ValueSource(strings = { API, API + ":v0", "'" + API + ":v0'", "\"" + API + "\" # why",
			"\"registry.example.com/\\\n      classroom/api:v0\"", "!!str " + API, ">-\n      " + API + ":v0",
			"|\n      " + API + ":v0" })
	void anImageIsReplacedHoweverItIsWritten(String image) {
		String before = "# é 中文 😀 comes first\n" + object("Pod", "spec:\n  containers:\n  - name: a\n    image: "
				+ image + "\n    command: [yes, 010, 1_000, on]\n  hostNetwork: no");
		String text = of(before).text();
		assertThat(text).contains("    image: \"" + BOUND + "\"")
			.contains("\n    command: [yes, 010, 1_000, on]\n  hostNetwork: no\n")
			.startsWith("---\n# Source: it/templates/a.yaml\n# é 中文 😀 comes first\napiVersion: v1\n")
			.doesNotContain("v0");
	}

	@Test
	void whatIsNotBoundStaysAsItWasRendered() {
		String untouched = object("ConfigMap", "data: {image: '" + API + ":v0', b:   yes,\n  c: 0644}");
		assertThat(of(untouched).text()).isEqualTo("---\n# Source: it/templates/a.yaml\n" + untouched);
	}

	@Test
	void imagesOfNobodyAreRecorded() {
		Manifests manifests = of(object("Pod", "spec: {containers: [{name: a, image: nginx}]}"));
		assertThat(manifests.images().uncovered()).containsExactly("nginx");
		assertThat(manifests.images().unbound()).isEmpty();
	}

	@Test
	void anArtifactWithoutAnImageHereIsRecordedAsUnbound() {
		RenderedChart chart = new RenderedChart(List
			.of(new RenderedFile("a", false, object("Pod", "spec: {containers: [{name: c, image: '" + API + "'}]}"))),
				"");
		assertThat(of(chart, Map.of()).images().unbound())
			.containsExactly("Pod/it container c: " + API + ", since artifact api has no image here");
	}

	@Test
	void anArtifactsImageOutsideOfAPodTemplateIsUnbound() {
		Manifests manifests = of(
				"apiVersion: example.com/v1\nkind: Runner\nmetadata: {name: it}\nspec: {image: '" + API + ":v0'}");
		assertThat(manifests.images().unbound()).singleElement()
			.asString()
			.startsWith("Runner/it: " + API + ":v0")
			.contains("outside of a pod template");
	}

	@Test
	void anAnchorOfImagesAloneIsBound() {
		String text = of(object("Pod",
				"spec:\n  containers:\n  - {name: a, image: &i " + API + ":v0}\n  - {name: b, image: *i}"))
			.text();
		assertThat(text).contains("image: &i \"" + BOUND + "\"", "image: *i");
	}

	@Test
	void anAnchorOfAnImageAndSomethingElseIsWrittenOut() {
		assertThat(of(object("Pod",
				"spec:\n  containers:\n  - {name: a, env: [{name: x, value: &i " + API + ":v0}], image: *i}"))
			.text()).contains("value: '" + API + ":v0'", "image: \"" + BOUND + "\"").doesNotContain("&", "*");
	}

	@Test
	void mergedContainersAreBound() {
		String text = of(
				object("Pod", "x: &base {image: '" + API + ":v0'}\nspec:\n  containers:\n  - name: a\n    <<: *base"))
			.text();
		assertThat(text).contains("x: &base {image: \"" + BOUND + "\"}");
	}

	@Test
	void itemsOfListsAreBound() {
		assertThat(of("apiVersion: v1\nkind: List\nitems:\n- "
				+ object("Pod", "spec: {containers: [{name: a, image: " + API + "}]}").strip().replace("\n", "\n  "))
			.text()).contains(BOUND);
	}

	@Test
	void objectsComeInHelmsOrderThenHooksAndTestsNot() {
		Manifests manifests = of(object("Service", "") + "---\n" + object("Zebra", "") + "---\n" + object("Secret", ""),
				object("Job", "").replace("  name: it",
						"  name: it\n  annotations: {helm.sh/hook: 'pre-install, test'}") + "---\n# nothing\n---\n"
						+ object("Pod", "").replace("  name: it", "  name: it\n  annotations: {helm.sh/hook: test}"),
				object("Namespace", ""), "\n", "null");
		assertThat(manifests.objects()).isEqualTo(5);
		assertThat(manifests.text().lines().filter((line) -> line.startsWith("kind: ")))
			.containsExactly("kind: Namespace", "kind: Secret", "kind: Service", "kind: Zebra", "kind: Job");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crd-install", "pre-install,nonsense", "''", "test" })
	void hooksThatHelmDoesNotKnowAndTestsAreLeftOut(String hooks) {
		assertThat(of("{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {helm.sh/hook: '"
				+ hooks.replace("'", "") + "'}}}")
			.objects()).isZero();
	}

	@Test
	void crdsComeFirst() {
		RenderedChart chart = new RenderedChart(
				List.of(new RenderedFile("it/templates/a.yaml", false, object("Namespace", "")),
						new RenderedFile("it/crds/README.md", true, "no YAML: ["),
						new RenderedFile("it/crds/z.yaml", true, object("CustomResourceDefinition", ""))),
				"");
		assertThat(of(chart, IMAGES).text()).startsWith("---\n# Source: it/crds/z.yaml\n");
	}

	@Test
	void twoArtifactsWithOneRepositoryAreRefused() {
		Map<String, Artifact> artifacts = new LinkedHashMap<>();
		artifacts.put("web", new Artifact("nginx", false, null));
		artifacts.put("proxy", new Artifact("docker.io/library/nginx", false, null));
		assertThatThrownBy(() -> new ArtifactImages(artifacts))
			.hasMessageStartingWith("artifacts web and proxy have the same image");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a: [ | does not render to YAML", "- a | is not an object", "kind: Pod | without an apiVersion",
					"apiVersion: v1 | without a kind", "{apiVersion: v1, kind: Pod} | without metadata.name" })
	void whatIsNoObjectIsRefusedByItsTemplate(String template, String reason) {
		assertThat(refusal(template)).startsWith("it/templates/a.yaml").contains(reason);
	}

	@Test
	void depthAliasesAndSizeHaveLimits() {
		assertThat(refusal("a: " + "[".repeat(100_000))).contains("more than 100 levels");
		assertThat(refusal("a: &a x\nb: [" + "*a,".repeat(300) + "]")).contains("more than 200 aliases");
		ManifestLimits few = new ManifestLimits(1000, 2, 10, 0);
		RenderedChart chart = new RenderedChart(
				List.of(new RenderedFile("a", false, (object("Pod", "") + "---\n").repeat(3))), "");
		assertThatThrownBy(() -> Manifests.of(chart, new ArtifactImages(ARTIFACTS), IMAGES, few))
			.hasMessageContaining("more than 2 objects");
	}

}
