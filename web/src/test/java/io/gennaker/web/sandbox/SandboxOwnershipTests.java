package io.gennaker.web.sandbox;

import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.PreviewRequest;
import io.gennaker.activities.rollout.ReleasePreview;
import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.web.sandbox.controller.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sandbox cluster tells whose objects are as a real one does.
 */
class SandboxOwnershipTests {

	@TempDir
	Path folder;

	private SandboxCluster cluster;

	private KubernetesClient client;

	@BeforeEach
	void start() {
		this.cluster = new SandboxCluster("beijing", this.folder, List.of("classroom"), (_) -> true, Pace.fast());
		this.client = this.cluster.newClient();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cluster.close();
	}

	@Test
	void whatTheReleaseNoLongerHasWouldGo() {
		this.client
			.resource(configMap("old").editMetadata()
				.addToLabels("gennaker.io/release", "classroom")
				.addToLabels("gennaker.io/release-namespace", "classroom")
				.addToLabels("gennaker.io/pipeline", "classroom")
				.endMetadata()
				.build())
			.fieldManager("gennaker")
			.serverSideApply();
		assertThat(preview(Applying.DEFAULT).changes()).filteredOn((change) -> change.change() == Change.DELETE)
			.extracting(ObjectChange::name)
			.containsExactly("old");
		assertThat(preview(new Applying(false, false, false, List.of())).changes())
			.noneMatch((change) -> change.change() == Change.DELETE);
	}

	@Test
	void whatHelmMadeIsRefusedOrTakenOver() {
		ConfigMap settings = configMap("settings").editMetadata()
			.addToAnnotations("meta.helm.sh/release-name", "old")
			.endMetadata()
			.build();
		this.client.raw("/api/v1/namespaces/classroom/configmaps?fieldManager=helm", "POST", settings);
		assertThat(preview(Applying.DEFAULT).changes()).anySatisfy((change) -> {
			assertThat(change.change()).isEqualTo(Change.REFUSED);
			assertThat(change.message()).contains("Helm release old");
		});
		assertThat(preview(new Applying(true, true, false, List.of())).changes())
			.anySatisfy((change) -> assertThat(change.change()).isEqualTo(Change.ADOPT));
	}

	private ReleasePreview preview(Applying applying) {
		String manifests = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: debug}\n";
		return new ReleasePreviews((_) -> this.client).preview(
				new PreviewRequest("beijing", "classroom", "classroom", "classroom", manifests, List.of(), applying));
	}

	private static ConfigMapBuilder configMap(String name) {
		return new ConfigMapBuilder().withNewMetadata()
			.withName(name)
			.withNamespace("classroom")
			.endMetadata()
			.addToData("level", "info");
	}

}
