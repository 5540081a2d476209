package io.gennaker.activities.bake.manifest;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BindingRefusalTests {

	private static String refusal(String text, String... words) {
		return assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> BindingCorpus.bind(text, words))
			.actual()
			.getMessage();
	}

	private static String rollout(String spec) {
		return "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web}\nspec: " + spec + "\n";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "{} | it has no template in spec",
			"{template: {spec: {}}} | it has no containers in spec.template.spec",
			"{template: {spec: {containers: []}}} | it has no [*] in spec.template.spec.containers",
			"{template: {spec: {containers: [{name: a}]}}} | it has no image in spec.template.spec.containers[*]",
			"{template: {spec: {containers: [{image: {}}]}}} | what stands there is no text",
			"{template: {spec: {containers: [{image: null}]}}} | what stands there is no text",
			"[] | it has no template in spec" })
	void aDeclaredPathThatNoObjectOfItsKindHasIsToldWithItsPlace(String spec, String lack) {
		assertThat(refusal(rollout(spec), "bind"))
			.isEqualTo("bind: Rollout/web has no image at spec.template.spec.containers[*].image: " + lack
					+ ". Correct the path, or take it out of the stage's bind");
	}

	@Test
	void aPathThatOneObjectOfItsKindHasIsFound() {
		String with = rollout("{template: {spec: {containers: [{name: a, image: nginx}]}}}");
		assertThat(BindingCorpus.bind(rollout("{}") + "---\n" + with, "bind").images().bound()).hasSize(1);
	}

	@Test
	void aTagThatHasNoPlaceIsRefused() {
		assertThat(refusal("""
				apiVersion: example.com/v1
				kind: Machine
				metadata: {name: m, annotations: {example.com/image: nginx}}
				spec: {images: [{repository: nginx, tag: [1]}], single: {name: nginx}}
				""", "bind")).startsWith("bind: Machine/m has no image at spec.images[*].tag: ");
	}

	@Test
	void anArtifactsImageInAnUndeclaredFieldIsUnboundAndSaysHowToBindIt() {
		assertThat(BindingCorpus.bind(rollout("{template: {spec: {containers: [{name: a, image: nginx}]}}}"))
			.images()
			.unbound())
			.containsExactly("Rollout/web: nginx, which stands outside of a pod template and is not bound "
					+ "there; declare its path in the stage's bind");
	}

	@Test
	void anImageThatNoRegistryHasIsUnknown() {
		Manifests manifests = BindingCorpus.bind(
				"apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: 'missing:v1'}]}",
				"pin");
		assertThat(manifests.images().unknown()).containsExactly("Pod/p container c: missing:v1");
		assertThat(manifests.images().bound()).isEmpty();
	}

	@Test
	void aHookThatRunsBeforeAVersionedConfigMapIsThereIsRefused() {
		assertThat(
				refusal("""
						apiVersion: v1
						kind: ConfigMap
						metadata: {name: app}
						data: {a: b}
						---
						apiVersion: batch/v1
						kind: Job
						metadata: {name: migrate, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}
						spec: {template: {spec: {containers: [{name: c, image: busybox, envFrom: [{configMapRef: {name: app}}]}]}}}
						""",
						"versioned"))
			.contains("Job/migrate is run before the release (hook pre-install,pre-upgrade)", "names ConfigMap/app",
					"gennaker.io/versioned: \"false\"");
	}

	@Test
	void anAnnotationThatIsNeitherTrueNorFalseIsRefused() {
		assertThat(refusal("""
				apiVersion: v1
				kind: Secret
				metadata: {name: app, annotations: {gennaker.io/versioned: "yes"}}
				data: {a: b}
				""")).contains("Secret/app must be \"true\" or \"false\", not \"yes\"");
	}

	@Test
	void aNameWithoutRoomForAVersionIsRefused() {
		String name = "a".repeat(245);
		assertThat(
				refusal("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: b}\n", "versioned"))
			.contains("is too long to carry a version");
	}

}
