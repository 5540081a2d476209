package io.gennaker.activities.rollout.ownership;

import java.util.List;
import java.util.Map;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldManagersTests {

	@Test
	void whatWasDeployedPassesOverAndControllersKeepTheirs() {
		List<Map<String, Object>> patch = FieldManagers.takeOver(live());
		assertThat(patch).contains(Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", "7"),
				Map.of("op", "remove", "path", "/metadata/annotations/meta.helm.sh~1release-name"), Map.of("op",
						"remove", "path", "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"));
		Manifest entries = new Manifest(Map.of("entries", patch.get(1).get("value")));
		assertThat(entries.maps("entries")).extracting((entry) -> entry.text("manager"))
			.containsExactly("kube-controller-manager", "injector", "gennaker");
		Manifest ours = entries.maps("entries").getLast();
		assertThat(ours.text("operation")).isEqualTo("Apply");
		assertThat(ours.at("fieldsV1", "f:spec"))
			.isEqualTo(Map.of("f:replicas", Map.of(), "f:paused", Map.of(), "f:template", Map.of("f:spec", Map.of())));
	}

	@Test
	void onlyWhatWasDeployedIsTakenOverOfADefinition() {
		assertThat(FieldManagers.areDeployers(live())).isFalse();
		assertThat(FieldManagers.areDeployers(live().with("CustomResourceDefinition", "kind"))).isTrue();
	}

	private static Manifest live() {
		return ManifestReader
			.read("""
					apiVersion: apps/v1
					kind: Deployment
					metadata:
					  name: api
					  resourceVersion: '7'
					  annotations:
					    meta.helm.sh/release-name: old
					    kubectl.kubernetes.io/last-applied-configuration: '{}'
					  managedFields:
					  - {manager: helm, operation: Update, apiVersion: apps/v1, fieldsV1: {f:spec: {f:replicas: {}}}}
					  - {manager: kube-controller-manager, operation: Update, subresource: status, fieldsV1: {f:status: {}}}
					  - {manager: kubectl-edit, operation: Update, fieldsV1: {f:spec: {f:paused: {}, f:template: {f:spec: {}}}}}
					  - {manager: injector, operation: Update, fieldsV1: {f:spec: {f:extra: {}}}}
					""")
			.getFirst();
	}

}
