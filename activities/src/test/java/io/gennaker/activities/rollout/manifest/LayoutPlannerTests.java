package io.gennaker.activities.rollout.manifest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gennaker.workflows.rollout.Occasion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LayoutPlannerTests {

	private static final ReleaseIdentity RELEASE = new ReleaseIdentity("classroom", "rel", "pipe", "exec", "deploy");

	@Test
	void groupsFollowTheOrderAndWhatItDoesNotNameComesLast() {
		ReleaseLayout layout = plan(List.of(List.of("mirror"), List.of("api")), object("Deployment", "proxy", "proxy"),
				object("Deployment", "api", "api"), object("StatefulSet", "mirror", "mirror"),
				object("ConfigMap", "settings", ""));
		assertThat(titles(layout)).containsExactly("Namespace/classroom ConfigMap/settings", "StatefulSet/mirror",
				"Deployment/api", "Deployment/proxy");
		assertThat(layout.groups()).extracting(ReleaseLayout.Group::components)
			.containsExactly(List.of(), List.of("mirror"), List.of("api"), List.of("proxy"));
		assertThat(layout.objects()).extracting(PlacedObject::ordinal).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void withoutAnOrderThereIsOneGroup() {
		ReleaseLayout layout = plan(List.of(), object("Deployment", "api", "api"), object("ConfigMap", "settings", ""));
		assertThat(titles(layout)).containsExactly("Namespace/classroom ConfigMap/settings Deployment/api");
	}

	@Test
	void kindsStandInASafeOrder() {
		ReleaseLayout layout = plan(List.of(), object("Ingress", "a", ""), object("Deployment", "a", ""),
				object("Lesson", "a", ""), object("Service", "a", ""), object("Secret", "a", ""),
				object("CustomResourceDefinition", "a", ""), object("ServiceAccount", "a", ""),
				object("Namespace", "a", ""));
		assertThat(layout.objects()).extracting((object) -> object.kind().kind())
			.containsExactly("Namespace", "Namespace", "CustomResourceDefinition", "ServiceAccount", "Secret",
					"Service", "Deployment", "Lesson", "Ingress");
	}

	@Test
	void anOrderThatNamesNoComponentIsRefusedWithTheComponentsThatThereAre() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> plan(List.of(List.of("apj")), object("Deployment", "api", "api")))
			.withMessageContaining("orders apj")
			.withMessageContaining("The components are api");
	}

	@Test
	void anAnnotationNamesTheComponentWhereNoLabelDoes() {
		String annotated = """
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: a, annotations: {gennaker.io/component: api}}
				""";
		assertThat(titles(plan(List.of(List.of("api")), annotated))).containsExactly("Namespace/classroom",
				"ConfigMap/a");
	}

	@Test
	void theNamespaceIsNotAddedWhereTheReleaseBringsIt() {
		assertThat(titles(plan(List.of(), object("Namespace", "classroom", ""))))
			.containsExactly("Namespace/classroom");
	}

	@Test
	void objectsGetTheirNamespaceAndTheirMarks() {
		PlacedObject object = plan(List.of(), object("ConfigMap", "a", "")).objects().get(1);
		assertThat(object.namespace()).isEqualTo("classroom");
		assertThat(object.manifest().annotation("gennaker.io/release")).isEqualTo("rel");
		assertThat(object.manifest().annotation("gennaker.io/pipeline")).isEqualTo("pipe");
		assertThat(object.manifest().annotation("gennaker.io/execution")).isEqualTo("exec");
	}

	@Test
	void aNamespaceThatTheManifestNamesIsKept() {
		String elsewhere = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: monitoring}\n";
		assertThat(plan(List.of(), elsewhere).objects().get(1).namespace()).isEqualTo("monitoring");
	}

	@Test
	void replicasAreLeftToAnAutoscaler() {
		String deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 3}\n";
		String autoscaler = """
				apiVersion: autoscaling/v2
				kind: HorizontalPodAutoscaler
				metadata: {name: x, namespace: classroom}
				spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
				""";
		PlacedObject scaled = plan(List.of(), deployment, autoscaler).objects().get(1);
		assertThat(scaled.autoscaled()).isTrue();
		assertThat(scaled.manifest().at("spec", "replicas")).isNull();
		assertThat(plan(List.of(), deployment).objects().get(1).manifest().at("spec", "replicas")).isEqualTo(3L);
	}

	@Test
	void statusAndBookkeepingAreNotSent() {
		String exported = """
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: a, uid: u, resourceVersion: '7', creationTimestamp: null, managedFields: []}
				status: {}
				""";
		Manifest sent = plan(List.of(), exported).objects().get(1).manifest();
		assertThat(sent.content()).doesNotContainKey("status");
		assertThat(sent.at("metadata")).asString()
			.doesNotContain("uid", "resourceVersion", "creationTimestamp", "managed");
	}

	@Test
	void hooksStandBeforeAndAfterOneAfterTheOtherByWeight() {
		ReleaseLayout layout = plan(List.of(), object("ConfigMap", "a", ""),
				hook("Job", "second", "pre-install,pre-upgrade", "5"),
				hook("ConfigMap", "input", "pre-install,pre-upgrade", "-5"),
				hook("Job", "first", "pre-install,pre-upgrade", "0"),
				hook("Job", "last", "post-install,post-upgrade", ""), hook("Pod", "try", "test", ""));
		assertThat(titles(layout)).containsExactly("Namespace/classroom ConfigMap/input Job/first", "Job/second",
				"ConfigMap/a", "Job/last");
		assertThat(layout.groups()).extracting(ReleaseLayout.Group::hooks)
			.containsExactly(Hook.Moment.BEFORE, Hook.Moment.BEFORE, null, Hook.Moment.AFTER);
	}

	@Test
	void hooksRunOnTheirOccasionsOnly() {
		String[] manifests = { object("ConfigMap", "a", ""), hook("Job", "seed", "pre-install", ""),
				hook("Job", "migrate", "pre-install,pre-upgrade", ""), hook("Job", "undo", "pre-rollback", ""),
				hook("Job", "told", "post-install,post-rollback", "") };
		assertThat(titles(plan(List.of(), Occasion.INSTALL, manifests)))
			.containsExactly("Namespace/classroom Job/migrate", "Job/seed", "ConfigMap/a", "Job/told");
		assertThat(titles(plan(List.of(), Occasion.UPGRADE, manifests)))
			.containsExactly("Namespace/classroom Job/migrate", "ConfigMap/a");
		ReleaseLayout back = plan(List.of(), Occasion.ROLLBACK, manifests);
		assertThat(titles(back)).containsExactly("Namespace/classroom Job/undo", "ConfigMap/a", "Job/told");
		assertThat(back.objects().getLast().role()).isInstanceOfSatisfying(PlacedObject.Role.HookRun.class,
				(role) -> assertThat(role.hook().title()).isEqualTo("post-rollback"));
	}

	@Test
	void objectsOrderThemselvesWhereTheStageDoesNotAndBackwardsOnTheWayBack() {
		String[] manifests = { ordered("Deployment", "late", "10"), ordered("Deployment", "early", "-5"),
				object("ConfigMap", "plain", ""), ordered("Secret", "also", "10") };
		assertThat(titles(plan(List.of(), manifests))).containsExactly("Namespace/classroom Deployment/early",
				"ConfigMap/plain", "Secret/also Deployment/late");
		assertThat(titles(plan(List.of(), Occasion.ROLLBACK, manifests)))
			.containsExactly("Namespace/classroom Secret/also Deployment/late", "ConfigMap/plain", "Deployment/early");
		assertRefused(ordered("ConfigMap", "bad", "soon"), "ConfigMap/bad has a gennaker.io/order");
	}

	@Test
	void anObjectThatAsksForANameGetsTheSameOneInARepeatedAttempt() {
		String job = "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: migrate-}\n";
		List<PlacedObject> first = plan(List.of(), job, job).objects();
		List<PlacedObject> again = plan(List.of(), job, job).objects();
		assertThat(first).isEqualTo(again);
		assertThat(first.get(1).manifest().name()).startsWith("migrate-").isNotEqualTo(first.get(2).manifest().name());
		assertThat(first.get(1).manifest().text("metadata", "labels", "gennaker.io/execution")).isEqualTo("exec");
	}

	@Test
	void replicasAreLeftToKeda() {
		String deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 3}\n";
		String scaledObject = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: x}\n"
				+ "spec: {scaleTargetRef: {name: a}}\n";
		assertThat(plan(List.of(), deployment, scaledObject).objects().get(1).autoscaled()).isTrue();
	}

	@Test
	void hooksThatCannotBeFollowedAreRefusedByName() {
		assertRefused(hook("Job", "seed", "pre-instal", ""), "unknown helm.sh/hook: pre-instal");
		assertRefused(hook("Job", "seed", "pre-install,pre-upgrade", "heavy"), "no number: heavy");
	}

	private static void assertRefused(String manifest, String words) {
		assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> plan(List.of(), manifest))
			.withMessageContaining(words);
	}

	private static ReleaseLayout plan(List<List<String>> order, String... manifests) {
		return plan(order, Occasion.UPGRADE, manifests);
	}

	private static ReleaseLayout plan(List<List<String>> order, Occasion occasion, String... manifests) {
		return LayoutPlanner.plan(ManifestReader.read(String.join("---\n", manifests)), RELEASE, order, occasion,
				(manifest) -> new ApiKind(manifest.group(), manifest.version(), manifest.kind(),
						manifest.kind().toLowerCase(Locale.ROOT) + "s", !manifest.kind().equals("Namespace")));
	}

	private static Stream<String> titles(ReleaseLayout layout) {
		return layout.groups()
			.stream()
			.map((group) -> group.objects()
				.stream()
				.map((object) -> object.manifest().title())
				.collect(Collectors.joining(" ")));
	}

	private static String object(String kind, String name, String component) {
		String labels = component.isEmpty() ? "" : ", labels: {app.kubernetes.io/component: " + component + "}";
		return "apiVersion: v1\nkind: %s\nmetadata: {name: %s%s}\n".formatted(kind, name, labels);
	}

	private static String ordered(String kind, String name, String order) {
		return "apiVersion: v1\nkind: %s\nmetadata: {name: %s, annotations: {gennaker.io/order: '%s'}}\n"
			.formatted(kind, name, order);
	}

	private static String hook(String kind, String name, String phases, String weight) {
		return "apiVersion: v1\nkind: %s\nmetadata: {name: %s, annotations: {helm.sh/hook: '%s', helm.sh/hook-weight: '%s'}}\n"
			.formatted(kind, name, phases, weight);
	}

}
