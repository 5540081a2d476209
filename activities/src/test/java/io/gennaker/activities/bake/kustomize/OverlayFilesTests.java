package io.gennaker.activities.bake.kustomize;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OverlayFilesTests {

	private final Map<String, byte[]> revision = new TreeMap<>();

	private OverlayFilesTests file(String path, String text) {
		this.revision.put(path, text.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	private Map<String, byte[]> files() {
		return OverlayFiles.of(new PipelineFiles(this.revision), "overlays/prod", "kind: Rendered\n");
	}

	private String refusal() {
		return String.valueOf(
				assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(this::files).actual().getMessage());
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@Test
	void onlyWhatIsReachedIsThere() {
		file("values/secret.yaml", "a: 1").file("overlays/staging/kustomization.yaml", "")
			.file("overlays/prod/kustomization.yaml",
					"""
							resources: [rendered.yaml, ../../base, extra.yaml]
							components: [../../components/tls]
							patches:
							- path: patch.yaml
							  target: {kind: Deployment}
							- patch: |-
							    - op: remove
							      path: /spec/replicas
							configMapGenerator:
							- {name: a, files: [app.conf, other=conf/app.conf], envs: [a.env], literals: [x=https://example.com]}
							""")
			.file("overlays/prod/extra.yaml", "e")
			.file("overlays/prod/patch.yaml", "p")
			.file("overlays/prod/app.conf", "c")
			.file("overlays/prod/conf/app.conf", "c")
			.file("overlays/prod/a.env", "c")
			.file("base/kustomization.yml", "resources:\n- service.yaml\n")
			.file("base/service.yaml", "s")
			.file("components/tls/Kustomization", "kind: Component\n");
		assertThat(files()).containsOnlyKeys("overlays/prod/kustomization.yaml", "overlays/prod/rendered.yaml",
				"overlays/prod/extra.yaml", "overlays/prod/patch.yaml", "overlays/prod/app.conf",
				"overlays/prod/conf/app.conf", "overlays/prod/a.env", "base/kustomization.yml", "base/service.yaml",
				"components/tls/Kustomization");
		assertThat(text(files().get("overlays/prod/rendered.yaml"))).isEqualTo("kind: Rendered\n");
	}

	@Test
	void aBaseMayTakeWhatWasRendered() {
		file("overlays/prod/kustomization.yaml", "resources: [../base]\n")
			.file("overlays/base/kustomization.yaml", "resources: [rendered.yaml]\n")
			.file("overlays/base/rendered.yaml", "kind: ForTrialsByHand\n");
		assertThat(files()).doesNotContainKey("overlays/prod/rendered.yaml");
		assertThat(text(files().get("overlays/base/rendered.yaml"))).isEqualTo("kind: Rendered\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "namePrefix: a-\n", "# first\nresources:\n- extra.yaml\nnamePrefix: a-\n",
			"resources:\n  - extra.yaml\n", "resources: [extra.yaml]\n", "resources: []\n",
			"---\n  namePrefix: a-\n  nameSuffix: -b\n" })
	void whatWasRenderedIsAddedWhereNobodyListsIt(String kustomization) {
		file("overlays/prod/extra.yaml", "e").file("overlays/prod/kustomization.yaml", kustomization);
		Map<String, byte[]> files = files();
		assertThat(files).containsKey("overlays/prod/rendered.yaml");
		String changed = text(files.get("overlays/prod/kustomization.yaml"));
		assertThat(Kustomization.references("k", changed.getBytes(StandardCharsets.UTF_8)))
			.extracting(Kustomization.Reference::path)
			.startsWith("rendered.yaml");
		assertThat((kustomization.contains("resources") ? changed
				: changed.replaceFirst("resources: \\[rendered.yaml]\\s+", ""))
			.replaceFirst("- rendered.yaml\\s+", "")
			.replaceFirst("rendered.yaml(, )?", "")).isEqualTo(kustomization);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/base", "github.com/kubernetes-sigs/kustomize/examples/helloWorld",
			"GitHub.com/a/b", "git@github.com:a/b", "ssh://git@example.com/a", "git::https://example.com/a",
			"example.com/a?ref=v1", "example.com/a//base", "file:///etc", "gh:a/b", "C:/Windows" })
	void placesInTheNetworkAreRefused(String place) {
		for (String key : new String[] { "resources", "bases", "components", "crds", "configurations",
				"patchesStrategicMerge" }) {
			file("overlays/prod/kustomization.yaml", key + ": ['" + place + "']\n");
			assertThat(refusal()).startsWith("overlays/prod/kustomization.yaml: '" + key + "' names '" + place + "'")
				.contains("place in the network");
		}
	}

	@Test
	void aFolderNamedLikeAPlaceIsNoWayIn() {
		file("overlays/prod/kustomization.yaml", "resources: ['github.com/a/b']\n")
			.file("overlays/prod/github.com/a/b/kustomization.yaml", "");
		assertThat(refusal()).contains("place in the network");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../../etc/passwd", "../../..", "../../../../overlays/prod/x.yaml" })
	void pathsThatLeaveTheFolderAreRefused(String path) {
		file("overlays/prod/kustomization.yaml", "resources: ['" + path + "']\n");
		assertThat(refusal()).contains("leaves the pipeline's folder");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/etc/passwd", "a\\b", "" })
	void pathsThatAreNotRelativeAreRefused(String path) {
		file("overlays/prod/kustomization.yaml", "resources: ['" + path + "']\n");
		assertThat(refusal()).contains("not a relative path");
	}

	@ParameterizedTest
	@ValueSource(strings = { "helmCharts: [{name: a, repo: 'https://example.com'}]", "helmGlobals: {chartHome: charts}",
			"helmChartInflationGenerator: [{chartName: a}]", "generators: [plugin.yaml]", "transformers: [plugin.yaml]",
			"validators: [plugin.yaml]", "Resources: ['https://example.com']", "inventory: {}",
			"patches: [{Path: 'https://example.com'}]", "patches: [{<<: {path: 'https://example.com'}}]",
			"configMapGenerator: [{name: a, kvSources: [{pluginType: Go}]}]", "patches: [a]", "resources: {a: b}",
			"resources: [{a: b}]", "secretGenerator: [{name: a, files: ['key=https://example.com/key']}]",
			"configMapGenerator: [{name: a, env: '../../../secret'}]", "openapi: {path: 'https://example.com/schema'}",
			"replacements: [{path: 'https://example.com'}]", "patchesJson6902: [{path: '../../../a'}]",
			"patchesStrategicMerge: [\"https://example.com/a\\n\"]", "a: [", "resources: [a]\n---\nresources: [b]",
			"resources: !!java.net.URL [a]", "resources: [none.yaml]" })
	void whatRunsFetchesOrIsUnknownIsRefused(String kustomization) {
		file("overlays/prod/kustomization.yaml", kustomization + "\n");
		assertThat(refusal()).startsWith("overlays/prod/kustomization.yaml");
	}

	@Test
	void kustomizationsThatAreOnlyReachedAreCheckedToo() {
		file("overlays/prod/kustomization.yaml", "resources: [../../base]\n")
			.file("base/kustomization.yaml", "components: [../deep]\n")
			.file("deep/kustomization.yaml", "resources: ['https://example.com']\n");
		assertThat(refusal()).startsWith("deep/kustomization.yaml: 'resources' names 'https://example.com'");
	}

	@Test
	void circlesEnd() {
		file("overlays/prod/kustomization.yaml", "resources: [../base]\n").file("overlays/base/kustomization.yaml",
				"resources: [../prod]\n");
		assertThat(files()).containsKeys("overlays/base/kustomization.yaml", "overlays/prod/rendered.yaml");
	}

	@Test
	void aFolderWithoutKustomizationIsNamed() {
		file("overlays/prod/a.yaml", "a");
		assertThat(refusal()).contains("the folder 'overlays/prod', which has no kustomization.yaml");
	}

}
