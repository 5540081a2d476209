package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.rollout.Occasion;
import io.gennaker.workflows.rollout.RolloutPlan;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a release deletes and takes over on a real API server, and what it leaves.
 */
@Timeout(180)
class OwnershipOnKubernetesTests {

	private static final Applying ADOPT = new Applying(true, true, false, List.of());

	private static KubernetesClient client;

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@Test
	void whatTheReleaseNoLongerHasGoesInReverseOrderOnceItIsHealthy() {
		String first = Releases.deployment("api", "v1") + "---\n" + Releases.service("api") + "---\n"
				+ Releases.shared("ConfigMap", "old");
		try (TestRollout old = rollout("pruned", first); TestRollout now = rollout("pruned", proxy("v1-slow"))) {
			old.run();
			RolloutPlan plan = now.plan();
			assertThat(plan.obsolete()).extracting((object) -> object.kind() + "/" + object.name())
				.containsExactly("Deployment/api", "Service/api", "ConfigMap/old");
			now.run(plan);
			RecordedProgress progress = now.progress();
			assertThat(progress.time("Deployment", "proxy", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "api", ObjectState.PROGRESSING));
			assertThat(progress.time("Deployment", "api", ObjectState.DELETED))
				.isBefore(progress.time("Service", "api", ObjectState.DELETED));
			assertThat(progress.time("Service", "api", ObjectState.DELETED))
				.isBefore(progress.time("ConfigMap", "old", ObjectState.DELETED));
			assertThat(client.apps().replicaSets().inNamespace("pruned").withLabel("app", "api").list().getItems())
				.isEmpty();
			assertThat(configMap("pruned", "old")).isNull();
		}
	}

	@Test
	void whoNoLongerHoldsThePlaceAppliesAndDeletesNothing() {
		try (TestRollout old = rollout("overtaken", Releases.shared("ConfigMap", "old"));
				TestRollout now = rollout("overtaken", Releases.shared("ConfigMap", "settings"))) {
			old.run();
			RolloutPlan plan = now.plan();
			now.overtake();
			ApplicationFailure applying = RolloutOnKubernetesTests.failure(() -> now.apply(0));
			assertThat(applying.getType()).isEqualTo(Failures.STALE_HOLDER);
			assertThat(applying.getOriginalMessage()).contains("classroom #7 holds it now");
			assertThat(RolloutOnKubernetesTests.failure(() -> now.prune(plan)).getType())
				.isEqualTo(Failures.STALE_HOLDER);
			assertThat(configMap("overtaken", "settings")).isNull();
			assertThat(configMap("overtaken", "old")).isNotNull();
		}
	}

	@Test
	void whatIsProtectedOrAnothersStays() {
		String kept = "apiVersion: v1\nkind: ConfigMap\n"
				+ "metadata: {name: kept, annotations: {gennaker.io/prune: 'false'}}\n";
		try (TestRollout old = rollout("protected", kept + "---\n" + Releases.shared("Secret", "gone"));
				TestRollout now = rollout("protected", Releases.shared("ConfigMap", "settings"))) {
			old.run();
			Map<String, String> others = Map.of("gennaker.io/release", "classroom", "gennaker.io/release-namespace",
					"protected", "gennaker.io/pipeline", "another");
			create("protected", "anothers", others, Map.of(), "gennaker");
			create("protected", "copied", Map.of("gennaker.io/release", "classroom", "gennaker.io/release-namespace",
					"protected", "gennaker.io/pipeline", "classroom"), Map.of(), "copier");
			now.run();
			assertThat(client.secrets().inNamespace("protected").withName("gone").get()).isNull();
			assertThat(List.of("kept", "anothers", "copied"))
				.allSatisfy((name) -> assertThat(configMap("protected", name)).isNotNull());
		}
	}

	@Test
	void whoeverSaysSoPrunesNothing() {
		try (TestRollout old = rollout("unpruned", Releases.shared("ConfigMap", "old"));
				TestRollout now = TestRollout.baked(client, "unpruned", Releases.shared("ConfigMap", "settings"),
						new Applying(false, false, false, List.of()))) {
			old.run();
			assertThat(now.plan().obsolete()).isEmpty();
		}
	}

	@Test
	void aReturnTakesAwayWhatAFailedAttemptBrought() {
		String next = proxy("v2-missing") + "---\n" + Releases.shared("Secret", "newer") + "---\n"
				+ Releases.service("newer");
		try (TestRollout old = rollout("returned", proxy("v1"));
				TestRollout failed = rollout("returned", next);
				TestRollout back = TestRollout.baked(client, "returned", proxy("v1"), Applying.DEFAULT, true,
						UUID.randomUUID().toString())) {
			old.run();
			RolloutOnKubernetesTests.failure(failed::run);
			assertThat(client.secrets().inNamespace("returned").withName("newer").get()).isNotNull();
			RolloutPlan plan = back.plan();
			assertThat(plan.occasion()).isEqualTo(Occasion.ROLLBACK);
			back.run(plan);
			assertThat(client.secrets().inNamespace("returned").withName("newer").get()).isNull();
			assertThat(client.services().inNamespace("returned").withName("newer").get()).isNull();
			assertThat(client.apps().deployments().inNamespace("returned").withName("proxy").get()).isNotNull();
		}
	}

	@Test
	void versionsOfConfigurationStayUpToTheirLimit() {
		for (String version : List.of("a", "b", "c", "d")) {
			try (TestRollout rollout = rollout("versions", version(version))) {
				rollout.run();
				awaitNextSecond();
			}
		}
		assertThat(configMap("versions", "settings-a")).isNull();
		assertThat(configMap("versions", "settings-b")).isNull();
		assertThat(configMap("versions", "settings-c")).isNotNull();
		try (TestRollout back = rollout("versions", version("c"))) {
			back.run();
		}
		assertThat(configMap("versions", "settings-c")).isNotNull();
		assertThat(configMap("versions", "settings-d")).as("kept for the way forth").isNotNull();
	}

	@Test
	void othersObjectsAreRefusedWithTheirOwnersBeforeAnythingIsApplied() {
		namespace("foreign");
		create("foreign", "by-helm", Map.of("app.kubernetes.io/managed-by", "Helm"),
				Map.of("meta.helm.sh/release-name", "old", "meta.helm.sh/release-namespace", "foreign"), "helm");
		create("foreign", "by-kubectl", Map.of(), Map.of(), "kubectl-client-side-apply");
		String manifests = Releases.shared("ConfigMap", "aaa") + "---\n" + Releases.shared("ConfigMap", "by-helm")
				+ "---\n" + Releases.shared("ConfigMap", "by-kubectl");
		try (TestRollout rollout = rollout("foreign", manifests)) {
			ApplicationFailure failure = RolloutOnKubernetesTests.failure(rollout::run);
			assertThat(failure.getType()).isEqualTo(Failures.ROLLOUT_REFUSED);
			assertThat(failure.getOriginalMessage())
				.contains("ConfigMap foreign/by-helm: Helm release old in namespace foreign")
				.contains("ConfigMap foreign/by-kubectl: kubectl-client-side-apply")
				.contains("adopt: true");
			assertThat(configMap("foreign", "aaa")).isNull();
			assertThat(preview("foreign", manifests, Applying.DEFAULT).changes())
				.filteredOn((change) -> change.change() == Change.REFUSED)
				.extracting(ReleasePreview.ObjectChange::name)
				.containsExactly("by-helm", "by-kubectl");
		}
	}

	@Test
	void whatIsAdoptedLosesWhatItsFormerOwnerHadSet() {
		namespace("adopted");
		create("adopted", "settings", Map.of("app.kubernetes.io/managed-by", "Helm"),
				Map.of("meta.helm.sh/release-name", "old", "meta.helm.sh/release-namespace", "adopted",
						"kubectl.kubernetes.io/last-applied-configuration", "{}"),
				"helm");
		put("adopted", "settings", "by-hand", "1", "kubectl-edit");
		put("adopted", "settings", "injected", "1", "injector");
		String manifests = Releases.shared("ConfigMap", "settings") + "data: {level: debug}\n";
		assertThat(preview("adopted", manifests, ADOPT).changes())
			.filteredOn((change) -> change.change() == Change.ADOPT)
			.singleElement()
			.satisfies((change) -> assertThat(change.message()).contains("Helm release old"));
		try (TestRollout rollout = TestRollout.baked(client, "adopted", manifests, ADOPT)) {
			RolloutPlan plan = rollout.plan();
			assertThat(plan.occasion()).isEqualTo(Occasion.UPGRADE);
			rollout.run(plan);
		}
		ConfigMap now = configMap("adopted", "settings");
		assertThat(now.getData()).containsOnly(Map.entry("level", "debug"), Map.entry("injected", "1"));
		assertThat(now.getMetadata().getAnnotations().keySet())
			.noneMatch((key) -> key.contains("helm") || key.contains("kubectl"));
		assertThat(now.getMetadata().getManagedFields()).extracting((entry) -> entry.getManager())
			.containsExactlyInAnyOrder("gennaker", "injector");
		try (TestRollout later = rollout("adopted", Releases.shared("ConfigMap", "settings"))) {
			later.run();
		}
		assertThat(configMap("adopted", "settings").getData()).containsOnlyKeys("injected");
	}

	@Test
	void anotherReleasesObjectIsNeverAdopted() {
		namespace("taken");
		create("taken", "settings", Map.of("gennaker.io/release", "library", "gennaker.io/release-namespace", "taken",
				"gennaker.io/pipeline", "classroom"), Map.of(), "gennaker");
		try (TestRollout rollout = TestRollout.baked(client, "taken", Releases.shared("ConfigMap", "settings"),
				ADOPT)) {
			assertThat(RolloutOnKubernetesTests.failure(rollout::run).getOriginalMessage())
				.contains("ConfigMap taken/settings: release library in namespace taken of pipeline classroom");
		}
	}

	@Test
	void aConflictIsForcedWhereTheStageSaysSo() {
		String manifests = Releases.shared("ConfigMap", "settings") + "data: {level: %s}\n";
		try (TestRollout first = rollout("forced", manifests.formatted("info"));
				TestRollout refused = rollout("forced", manifests.formatted("debug"));
				TestRollout forced = TestRollout.baked(client, "forced", manifests.formatted("debug"),
						new Applying(true, false, true, List.of()))) {
			first.run();
			put("forced", "settings", "level", "trace", "kubectl-edit");
			assertThat(RolloutOnKubernetesTests.failure(refused::run).getOriginalMessage())
				.contains(".data.level (conflict with \"kubectl-edit\"")
				.contains("force-conflicts: true");
			forced.run();
			assertThat(configMap("forced", "settings").getData()).containsEntry("level", "debug");
		}
	}

	@Test
	void aFieldThatCannotBeChangedIsExplainedOrItsObjectMadeAnew() {
		String first = Releases.deployment("api", "v1");
		String next = first.replace("app: api", "app: api-next");
		String annotated = next.replace("metadata: {name: api,",
				"metadata: {name: api, annotations: {gennaker.io/on-immutable: recreate},");
		try (TestRollout old = rollout("immutable", first);
				TestRollout refused = rollout("immutable", next);
				TestRollout recreated = rollout("immutable", annotated)) {
			old.run();
			String uid = client.apps()
				.deployments()
				.inNamespace("immutable")
				.withName("api")
				.get()
				.getMetadata()
				.getUid();
			assertThat(RolloutOnKubernetesTests.failure(refused::run).getOriginalMessage())
				.contains("field is immutable")
				.contains("annotate it gennaker.io/on-immutable: recreate, or say recreate: [Deployment/api]");
			assertThat(preview("immutable", annotated, Applying.DEFAULT).changes())
				.anySatisfy((change) -> assertThat(change.change()).isEqualTo(Change.RECREATE));
			recreated.run();
			assertThat(
					client.apps().deployments().inNamespace("immutable").withName("api").get().getMetadata().getUid())
				.isNotEqualTo(uid);
			assertThat(client.apps().replicaSets().inNamespace("immutable").list().getItems()).hasSize(1);
		}
	}

	@Test
	void theStageMayLetAKindBeMadeAnew() {
		String job = Releases.job("report", "v1", "a: b");
		try (TestRollout first = rollout("jobs", job);
				TestRollout next = TestRollout.baked(client, "jobs", job.replace(":v1", ":v2"),
						new Applying(true, false, false, List.of("Job")))) {
			first.run();
			next.run();
			assertThat(client.batch()
				.v1()
				.jobs()
				.inNamespace("jobs")
				.withName("report")
				.get()
				.getSpec()
				.getTemplate()
				.getSpec()
				.getContainers()
				.getFirst()
				.getImage()).endsWith(":v2");
		}
	}

	@Test
	void anObjectThatAsksForANameIsMadeOnceByAnExecution() {
		String job = Releases.job("x", "v1", "a: b").replace("name: x", "generateName: migrate-");
		String execution = UUID.randomUUID().toString();
		try (TestRollout first = TestRollout.baked(client, "generated", job, Applying.DEFAULT, false, execution);
				TestRollout repeated = TestRollout.baked(client, "generated", job, Applying.DEFAULT, false, execution);
				TestRollout next = rollout("generated", job)) {
			first.run();
			repeated.run();
			assertThat(client.batch().v1().jobs().inNamespace("generated").list().getItems()).singleElement()
				.satisfies((made) -> assertThat(made.getMetadata().getName()).startsWith("migrate-"));
			next.run();
			assertThat(client.batch().v1().jobs().inNamespace("generated").list().getItems())
				.as("the next execution makes its own, and the last one's goes")
				.singleElement()
				.satisfies((made) -> assertThat(made.getMetadata().getLabels().get("gennaker.io/execution"))
					.isNotEqualTo(execution));
		}
	}

	@Test
	void anObjectMayBeReplacedAsAWhole() {
		String settings = "apiVersion: v1\nkind: ConfigMap\n"
				+ "metadata: {name: settings, annotations: {gennaker.io/apply: replace}}\ndata: {level: %s}\n";
		try (TestRollout first = rollout("replaced", settings.formatted("info"));
				TestRollout next = rollout("replaced", settings.formatted("debug"))) {
			first.run();
			client.configMaps().inNamespace("replaced").withName("settings").edit((live) -> {
				live.getData().put("by-hand", "1");
				return live;
			});
			next.run();
			assertThat(configMap("replaced", "settings").getData()).containsOnly(Map.entry("level", "debug"));
		}
	}

	@Test
	void hooksOfTheFirstInstallationRunUntilItHasSucceeded() {
		String seed = Releases.job("seed", "v1", "helm.sh/hook: pre-install");
		String good = proxy("v1") + "---\n" + seed;
		try (TestRollout failed = rollout("seeded", proxy("v1-missing") + "---\n" + seed);
				TestRollout first = rollout("seeded", good);
				TestRollout second = rollout("seeded", good)) {
			RolloutOnKubernetesTests.failure(failed::run);
			RolloutPlan plan = first.plan();
			assertThat(plan.occasion()).isEqualTo(Occasion.INSTALL);
			first.run(plan);
			assertThat(second.plan().occasion()).isEqualTo(Occasion.UPGRADE);
			assertThat(second.plan().groups()).hasSize(1);
		}
	}

	@Test
	void replicasThatKedaOwnsAreLeftAlone() {
		String definition = """
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata: {name: scaledobjects.keda.sh}
				spec:
				  group: keda.sh
				  scope: Namespaced
				  names: {kind: ScaledObject, plural: scaledobjects, singular: scaledobject, listKind: ScaledObjectList}
				  versions:
				  - name: v1alpha1
				    served: true
				    storage: true
				    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
				---
				apiVersion: keda.sh/v1alpha1
				kind: ScaledObject
				metadata: {name: proxy}
				spec: {scaleTargetRef: {name: proxy}}
				---
				""";
		try (TestRollout first = rollout("keda", definition + proxy("v1"));
				TestRollout next = rollout("keda", definition + proxy("v2"))) {
			first.run();
			client.apps().deployments().inNamespace("keda").withName("proxy").scale(3);
			next.run();
			assertThat(client.apps().deployments().inNamespace("keda").withName("proxy").get().getSpec().getReplicas())
				.isEqualTo(3);
		}
	}

	@Test
	void aPlanShowsWhatWouldGo() {
		try (TestRollout old = rollout("shown", Releases.shared("ConfigMap", "old") + "data: {level: info}\n")) {
			old.run();
			assertThat(preview("shown", Releases.shared("ConfigMap", "settings"), Applying.DEFAULT).changes())
				.filteredOn((change) -> change.change() == Change.DELETE)
				.singleElement()
				.satisfies((change) -> {
					assertThat(change.name()).isEqualTo("old");
					assertThat(change.diff()).contains("-  level: info");
				});
			assertThat(configMap("shown", "old")).isNotNull();
		}
	}

	private static TestRollout rollout(String namespace, String manifests) {
		return TestRollout.baked(client, namespace, manifests, Applying.DEFAULT);
	}

	private static ReleasePreview preview(String namespace, String manifests, Applying applying) {
		return new ReleasePreviews((name) -> client).preview(new PreviewRequest("beijing", namespace, "classroom",
				"classroom", Releases.marked(manifests, namespace, "classroom"), List.of(), applying));
	}

	private static String proxy(String tag) {
		return Releases.deployment("proxy", tag);
	}

	private static String version(String version) {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings-%s, labels: {gennaker.io/version-of: settings},"
			.formatted(version) + " annotations: {gennaker.io/keep-versions: '2'}}\n";
	}

	private static void namespace(String name) {
		client.namespaces()
			.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
			.create();
	}

	private static void create(String namespace, String name, Map<String, String> labels,
			Map<String, String> annotations, String manager) {
		ConfigMap made = new ConfigMapBuilder().withNewMetadata()
			.withName(name)
			.withLabels(labels)
			.withAnnotations(annotations)
			.endMetadata()
			.addToData("level", "info")
			.addToData("dropped", "1")
			.build();
		client.raw("/api/v1/namespaces/" + namespace + "/configmaps?fieldManager=" + manager, "POST", made);
	}

	/**
	 * Sets a value as a program does that is known by a name.
	 */
	private static void put(String namespace, String name, String key, String value, String manager) {
		ConfigMap live = configMap(namespace, name);
		live.getData().put(key, value);
		client.raw("/api/v1/namespaces/" + namespace + "/configmaps/" + name + "?fieldManager=" + manager, "PUT", live);
	}

	private static ConfigMap configMap(String namespace, String name) {
		return client.configMaps().inNamespace(namespace).withName(name).get();
	}

	/**
	 * Creation times are in whole seconds.
	 */
	private static void awaitNextSecond() {
		long second = System.currentTimeMillis() / 1000;
		while (System.currentTimeMillis() / 1000 <= second) {
			Thread.onSpinWait();
		}
	}

}
