package io.gennaker.activities.rollout.ownership;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.ComponentOrder;
import io.gennaker.activities.rollout.manifest.LayoutPlanner;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.ObsoleteObject;
import io.gennaker.workflows.rollout.Occasion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ObsoleteObjectsTests {

	private static final ReleaseIdentity RELEASE = new ReleaseIdentity("school", "classroom", "daily", "e", "s");

	private static final String OURS = "labels: {gennaker.io/release: classroom, gennaker.io/release-namespace: school,"
			+ " gennaker.io/pipeline: daily%s}, managedFields: [{manager: gennaker, operation: Apply}]";

	@Test
	void whatTheReleaseNoLongerHasGoesInReverseOrderOfComponentsAndKinds() {
		List<String> gone = gone(List.of(List.of("db"), List.of("api")), "", live("ConfigMap", "plain", "", ""),
				live("Deployment", "api", "api", ""), live("Service", "api", "api", ""),
				live("Ingress", "api", "api", ""), live("StatefulSet", "db", "db", ""),
				live("Deployment", "extra", "extra", ""));
		assertThat(gone).containsExactly("Deployment/extra", "Ingress/api", "Deployment/api", "Service/api",
				"StatefulSet/db", "ConfigMap/plain");
	}

	@Test
	void withoutAnOrderOfTheStageTheObjectsOwnCounts() {
		assertThat(gone(List.of(), "", live("ConfigMap", "late", "", ", annotations: {gennaker.io/order: '10'}"),
				live("Ingress", "early", "", "")))
			.containsExactly("ConfigMap/late", "Ingress/early");
	}

	@Test
	void whatTheReleaseStillHasStays() {
		String same = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
		assertThat(gone(List.of(), same, live("ConfigMap", "a", "", ""), live("Secret", "a", "", "")))
			.containsExactly("Secret/a");
	}

	@ParameterizedTest
	@ValueSource(strings = { ", annotations: {gennaker.io/prune: 'false'}",
			", annotations: {helm.sh/resource-policy: keep}", ", annotations: {helm.sh/hook: pre-install}",
			", ownerReferences: [{kind: Service, name: api}]", ", deletionTimestamp: '2026-01-01T00:00:00Z'" })
	void whatIsProtectedStays(String metadata) {
		assertThat(gone(List.of(), "", live("ConfigMap", "a", "", metadata))).isEmpty();
	}

	@Test
	void whatOthersWroteOrSharesDataStays() {
		LiveObject copied = object("EndpointSlice", "api-x", OURS.formatted("").replace("gennaker, op", "cm, op"));
		LiveObject others = object("ConfigMap", "b", OURS.formatted("").replace("daily", "nightly"));
		assertThat(gone(List.of(), "", copied, others, live("Namespace", "school", "", ""),
				live("CustomResourceDefinition", "a.example.com", "", ""), live("ServiceAccount", "default", "", "")))
			.isEmpty();
	}

	@Test
	void theNewestVersionsOfConfigurationStayAsLongAsTheReleaseHasOne() {
		String used = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c-1, labels: {gennaker.io/version-of: c},"
				+ " annotations: {gennaker.io/keep-versions: '3'}}\n";
		LiveObject[] live = { version("c-1", "01"), version("c-2", "02"), version("c-3", "03"), version("c-4", "04") };
		assertThat(gone(List.of(), used, live)).containsExactly("ConfigMap/c-2");
		assertThat(gone(List.of(), "", live)).hasSize(4);
	}

	private static LiveObject version(String name, String day) {
		return live("ConfigMap", name, "", ", creationTimestamp: '2026-01-%sT00:00:00Z'".formatted(day),
				", gennaker.io/version-of: c");
	}

	private static LiveObject live(String kind, String name, String component, String metadata) {
		return live(kind, name, "", metadata, component.isEmpty() ? "" : ", app.kubernetes.io/component: " + component);
	}

	private static LiveObject live(String kind, String name, String component, String metadata, String labels) {
		return object(kind, name, OURS.formatted(labels) + metadata);
	}

	private static LiveObject object(String kind, String name, String metadata) {
		Manifest manifest = ManifestReader
			.read("apiVersion: v1\nkind: %s\nmetadata: {name: %s, namespace: school, %s}\n".formatted(kind, name,
					metadata))
			.getFirst();
		return new LiveObject(kind(manifest), manifest);
	}

	private static List<String> gone(List<List<String>> order, String manifests, LiveObject... live) {
		ReleaseLayout layout = LayoutPlanner.plan(ManifestReader.read(manifests), RELEASE, List.of(), Occasion.UPGRADE,
				ObsoleteObjectsTests::kind);
		return new ObsoleteObjects(RELEASE, layout, new ComponentOrder(order)).of(Stream.of(live).toList())
			.stream()
			.map((object) -> object.kind() + "/" + object.name())
			.toList();
	}

	private static ApiKind kind(Manifest manifest) {
		return new ApiKind("", "v1", manifest.kind(), manifest.kind().toLowerCase(Locale.ROOT) + "s",
				!manifest.kind().equals("Namespace"));
	}

	@Test
	void theirPlacesFollowThoseOfTheRelease() {
		ReleaseLayout layout = LayoutPlanner.plan(List.of(), RELEASE, List.of(), Occasion.UPGRADE,
				ObsoleteObjectsTests::kind);
		ObsoleteObject object = new ObsoleteObjects(RELEASE, layout, new ComponentOrder(List.of()))
			.of(List.of(live("ConfigMap", "a", "", ", uid: u-1")))
			.getFirst();
		assertThat(object).isEqualTo(new ObsoleteObject(1, "v1", "ConfigMap", "school", "a", "", "u-1"));
	}

}
