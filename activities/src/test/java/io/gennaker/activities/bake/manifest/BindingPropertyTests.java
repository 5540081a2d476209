package io.gennaker.activities.bake.manifest;

import java.util.List;
import java.util.stream.LongStream;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.LayoutPlanner;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.Occasion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every document, tried on random ones.
 */
class BindingPropertyTests {

	private static final String REFERENCE = BindingCorpus.API + ":v1@" + BindingCorpus.DIGEST;

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void bindingTwiceIsBindingOnce(long seed) {
		String once = BindingCorpus.bind(new RandomManifests(seed).text(), "marks", "versioned").text();
		String twice = BindingCorpus.bind(once, "marks", "versioned").text();
		assertThat(plain(twice)).isEqualTo(plain(once));
	}

	private static String plain(String text) {
		return text.replace("# Source: it/templates/a.yaml\n", "");
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsTakenBackLeavesTheTextByteForByte(long seed) {
		RandomManifests random = new RandomManifests(seed);
		String bound = BindingCorpus.bind(random.text(), "marks").text();
		String back = bound.replace("# Source: it/templates/a.yaml\n", "")
			.replaceAll(" *gennaker\\.io/[a-z-]+: \"[a-z0-9.-]*\"\n", "")
			.replaceAll("\"gennaker\\.io/[a-z-]+\": \"[a-z0-9.-]*\", ", "")
			.replace("image: \"" + REFERENCE + "\"", RandomManifests.IMAGE);
		assertThat(back).isEqualTo("---\n" + String.join("\n---\n", random.documents()) + "\n");
		assertThat(bound.split(REFERENCE, -1)).hasSize(random.images() + 1);
	}

	@Test
	void aDeployMayOrderComponentsThatOnlyTheirImagesTell() {
		String baked = BindingCorpus.bind("""
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: shared}
				---
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: one}
				spec: {template: {spec: {containers: [{name: c, image: registry.example.com/classroom/api}]}}}
				---
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: two}
				spec: {template: {spec: {containers: [{name: c, image: nginx}]}}}
				""", "marks").text();
		ReleaseLayout layout = LayoutPlanner.plan(ManifestReader.read(baked),
				new ReleaseIdentity("ns", "app", "classroom", "e", "s"), List.of(List.of("web"), List.of("api")),
				Occasion.UPGRADE, (manifest) -> new ApiKind(manifest.group(), manifest.version(), manifest.kind(), "x",
						!manifest.kind().equals("Namespace")));
		assertThat(layout.objects()).extracting(PlacedObject::title)
			.containsExactly("Namespace ns", "ConfigMap ns/shared", "Deployment ns/two", "Deployment ns/one");
		assertThat(layout.objects().getLast().group()).isEqualTo(2);
	}

	@Test
	void namesOfReleasesThatAreNoLabelsAreShortenedWithAHash() {
		assertThat(Marks.labelValue("classroom")).isEqualTo("classroom");
		assertThat(Marks.labelValue("a".repeat(63))).isEqualTo("a".repeat(63));
		String one = Marks.labelValue("a".repeat(63) + "b");
		String other = Marks.labelValue("a".repeat(63) + "c");
		assertThat(one).isNotEqualTo(other).hasSizeLessThanOrEqualTo(63).startsWith("a".repeat(50) + "-");
		assertThat(Marks.labelValue("教室 ")).matches("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFEFF", "# 😀\r\n" })
	void marksStandRightBehindByteOrderMarksAndCarriageReturns(String start) {
		String text = start
				+ "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: p\r\nspec:\r\n  containers:\r\n  - image: nginx\r\n    name: c\r\n";
		assertThat(BindingCorpus.bind(text, "marks").text())
			.contains("metadata:\r\n  labels:\n    gennaker.io/release: \"app\"\n")
			.contains("  containers:\r\n  - image: \"docker.io/library/nginx:1.29@" + BindingCorpus.DIGEST + "\"\r\n");
	}

}
