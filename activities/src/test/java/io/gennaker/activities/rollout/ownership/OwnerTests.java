package io.gennaker.activities.rollout.ownership;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnerTests {

	private static final ReleaseIdentity RELEASE = new ReleaseIdentity("school", "classroom", "daily", "e", "s");

	@Test
	void whatCarriesTheReleasesLabelsIsOurs() {
		assertThat(owner("labels: {gennaker.io/release: classroom, gennaker.io/release-namespace: school,"
				+ " gennaker.io/pipeline: daily}"))
			.isEqualTo(new Owner.Ours());
	}

	@Test
	void whatGennakerAppliedBeforeThereWereLabelsIsOurs() {
		assertThat(owner("annotations: {gennaker.io/release: classroom, gennaker.io/pipeline: daily}"))
			.isEqualTo(new Owner.Ours());
		assertThat(owner(
				"managedFields: [{manager: kubectl, operation: Update}," + " {manager: gennaker, operation: Apply}]"))
			.isEqualTo(new Owner.Ours());
	}

	@Test
	void anotherReleasePipelineOrNamespaceIsAnother() {
		assertThat(owner("labels: {gennaker.io/release: library, gennaker.io/release-namespace: school,"
				+ " gennaker.io/pipeline: daily}"))
			.isEqualTo(new Owner.OtherRelease("release library in namespace school of pipeline daily"));
		assertThat(owner("labels: {gennaker.io/release: classroom, gennaker.io/pipeline: nightly}"))
			.isEqualTo(new Owner.OtherRelease("release classroom of pipeline nightly"));
		assertThat(owner("labels: {gennaker.io/release: classroom, gennaker.io/release-namespace: other}"))
			.isInstanceOf(Owner.OtherRelease.class);
	}

	@Test
	void helmsKubectlsAndOthersObjectsNameTheirOwner() {
		assertThat(owner("annotations: {meta.helm.sh/release-name: old, meta.helm.sh/release-namespace: school}"))
			.isEqualTo(new Owner.Foreign("Helm release old in namespace school"));
		assertThat(owner("labels: {app.kubernetes.io/managed-by: Helm},"
				+ " managedFields: [{manager: kubectl-edit, operation: Update}]"))
			.isEqualTo(new Owner.Foreign("Helm, changed by kubectl-edit"));
		assertThat(owner("managedFields: [{manager: kubectl-client-side-apply, operation: Update},"
				+ " {manager: kubelet, operation: Update, subresource: status}]"))
			.isEqualTo(new Owner.Foreign("kubectl-client-side-apply"));
		assertThat(owner("ownerReferences: [{apiVersion: example.com/v1, kind: Database, name: main}]"))
			.isEqualTo(new Owner.Foreign("Database main, which made it"));
		assertThat(owner("labels: {a: b}")).isEqualTo(new Owner.Foreign("somebody who left no name"));
	}

	@Test
	void whatEveryNamespaceHasAndWhatReleasesShareIsNobodys() {
		assertThat(Owner.of(object("ServiceAccount", "default", "labels: {}"), RELEASE)).isEqualTo(new Owner.Shared());
		assertThat(Owner.of(object("Namespace", "school", "labels: {gennaker.io/release: library}"), RELEASE))
			.isEqualTo(new Owner.Shared());
		assertThat(Owner.of(object("CustomResourceDefinition", "a.example.com", "labels: {}"), RELEASE))
			.isEqualTo(new Owner.Shared());
	}

	private static Owner owner(String metadata) {
		return Owner.of(object("Deployment", "api", metadata), RELEASE);
	}

	private static Manifest object(String kind, String name, String metadata) {
		return ManifestReader
			.read("apiVersion: v1\nkind: %s\nmetadata: {name: %s, %s}\n".formatted(kind, name, metadata))
			.getFirst();
	}

}
