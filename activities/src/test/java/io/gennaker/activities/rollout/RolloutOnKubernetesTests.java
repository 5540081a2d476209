package io.gennaker.activities.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Rollouts on a real API server with its real controllers.
 */
@Timeout(180)
class RolloutOnKubernetesTests {

	private static final List<List<String>> ORDER = List.of(List.of("registry-mirror"), List.of("api"),
			List.of("proxy", "jobrunner"));

	private static KubernetesClient client;

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@Test
	void twelveObjectsBecomeHealthyGroupByGroup() {
		try (TestRollout rollout = new TestRollout(client, "twelve", Releases.classroom("v1"), ORDER)) {
			assertThat(rollout.run()).isEqualTo(13);
			RecordedProgress progress = rollout.progress();
			assertThat(progress.planned()).hasSize(13);
			assertThat(progress.time("StatefulSet", "registry-mirror", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "api", ObjectState.APPLIED));
			assertThat(progress.time("Deployment", "api", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "proxy", ObjectState.APPLIED));
			assertThat(progress.last("Deployment", "api").message()).isEqualTo("2 of 2 ready");
		}
	}

	@Test
	void theSameReleaseAgainChangesNothing() {
		try (TestRollout first = new TestRollout(client, "again", Releases.classroom("v1"), ORDER);
				TestRollout second = new TestRollout(client, "again", Releases.classroom("v1"), ORDER)) {
			first.run();
			assertThat(second.run()).isZero();
		}
	}

	@Test
	void aMissingImageFailsWithinSecondsNamingThePodAndItsReason() {
		try (TestRollout rollout = new TestRollout(client, "missing", Releases.classroom("v1-missing"), ORDER)) {
			rollout.plan();
			rollout.apply(0);
			rollout.awaitHealthy(0);
			rollout.apply(1);
			Instant start = Instant.now();
			ApplicationFailure failure = failure(() -> rollout.awaitHealthy(1));
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
			assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
			assertThat(failure.isNonRetryable()).isTrue();
			assertThat(failure.getOriginalMessage()).contains("StatefulSet missing/registry-mirror")
				.contains("pod registry-mirror-0: ImagePullBackOff: Back-off pulling image");
			assertThat(rollout.progress().last("StatefulSet", "registry-mirror").state()).isEqualTo(ObjectState.FAILED);
		}
	}

	@Test
	void aCrashLoopFailsWithinSeconds() {
		try (TestRollout rollout = new TestRollout(client, "crash", Releases.deployment("api", "v1-crash"),
				List.of())) {
			Instant start = Instant.now();
			ApplicationFailure failure = failure(rollout::run);
			Duration took = Duration.between(start, Instant.now());
			assertThat(failure.getOriginalMessage()).contains("CrashLoopBackOff").contains("log of container api");
			assertThat(took).isLessThan(Duration.ofSeconds(15));
		}
	}

	@Test
	void aRefusedObjectListsWhatWasAppliedAndWhatWasNot() {
		String broken = Releases.shared("ConfigMap", "settings") + "---\n" + Releases.deployment("api", "v1") + "---\n"
				+ Releases.deployment("broken", "v1").replace("matchLabels: {app: broken}", "matchLabels: {app: other}")
				+ "---\n" + Releases.deployment("proxy", "v1");
		try (TestRollout rollout = new TestRollout(client, "refused", broken,
				List.of(List.of("api", "broken"), List.of("proxy")))) {
			ApplicationFailure failure = failure(rollout::run);
			assertThat(failure.getType()).isEqualTo(Failures.ROLLOUT_REFUSED);
			assertThat(failure.isNonRetryable()).isTrue();
			assertThat(failure.getOriginalMessage()).contains("Deployment refused/broken was refused: ")
				.contains("`selector` does not match template `labels`")
				.contains("Applied (3): Namespace refused, ConfigMap refused/settings, Deployment refused/api")
				.contains("Not applied (2): Deployment refused/broken, Deployment refused/proxy");
		}
	}

	@Test
	void aConflictNamesTheOtherManagerAndTheFieldAndForcesNothing() {
		try (TestRollout first = new TestRollout(client, "conflict", Releases.deployment("api", "v1"), List.of());
				TestRollout second = new TestRollout(client, "conflict", Releases.deployment("api", "v2"), List.of())) {
			first.run();
			client.apps().deployments().inNamespace("conflict").withName("api").edit((live) -> {
				live.getSpec()
					.getTemplate()
					.getSpec()
					.getContainers()
					.getFirst()
					.setImage("registry.example.com/by-hand:v9");
				return live;
			});
			ApplicationFailure failure = failure(second::run);
			assertThat(failure.getType()).isEqualTo(Failures.ROLLOUT_REFUSED);
			assertThat(failure.getOriginalMessage()).contains("another field manager owns")
				.contains(".spec.template.spec.containers[name=\"api\"].image")
				.contains("conflict with \"fabric8");
			assertThat(client.apps()
				.deployments()
				.inNamespace("conflict")
				.withName("api")
				.get()
				.getSpec()
				.getTemplate()
				.getSpec()
				.getContainers()
				.getFirst()
				.getImage()).isEqualTo("registry.example.com/by-hand:v9");
		}
	}

	@Test
	void replicasThatAnAutoscalerOwnsAreLeftAlone() {
		String manifests = Releases.deployment("proxy", "v1") + "---\n" + Releases.autoscaler("proxy");
		try (TestRollout without = new TestRollout(client, "scaled", Releases.deployment("proxy", "v1"), List.of());
				TestRollout with = new TestRollout(client, "scaled", manifests, List.of());
				TestRollout later = new TestRollout(client, "scaled", manifests.replace(":v1", ":v2"), List.of())) {
			without.run();
			with.run();
			assertThat(replicas("scaled", "proxy")).as("taken over without a dip").isEqualTo(2);
			client.apps().deployments().inNamespace("scaled").withName("proxy").scale(4);
			later.run();
			assertThat(replicas("scaled", "proxy")).isEqualTo(4);
		}
	}

	@Test
	void aCustomResourceIsAppliedOnceItsDefinitionIsEstablished() {
		String definition = """
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata: {name: lessons.classroom.example.com}
				spec:
				  group: classroom.example.com
				  scope: Namespaced
				  names: {kind: Lesson, plural: lessons, singular: lesson, listKind: LessonList}
				  versions:
				  - name: v1
				    served: true
				    storage: true
				    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
				""";
		String lesson = """
				apiVersion: classroom.example.com/v1
				kind: Lesson
				metadata: {name: first}
				spec: {title: Fractions}
				""";
		try (TestRollout rollout = new TestRollout(client, "custom", lesson + "---\n" + definition, List.of())) {
			assertThat(rollout.run()).isEqualTo(3);
			assertThat(rollout.progress().last("Lesson", "first").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void hooksRunBeforeAndAfterTheRelease() {
		String manifests = Releases.deployment("api", "v1") + "---\n"
				+ Releases.job("migrate", "v1", "helm.sh/hook: 'pre-install,pre-upgrade'") + "---\n"
				+ Releases.job("announce", "v1",
						"helm.sh/hook: 'post-install,post-upgrade', helm.sh/hook-delete-policy: hook-succeeded");
		try (TestRollout rollout = new TestRollout(client, "hooks", manifests, List.of());
				TestRollout again = new TestRollout(client, "hooks", manifests, List.of())) {
			rollout.run();
			RecordedProgress progress = rollout.progress();
			assertThat(progress.time("Job", "migrate", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "api", ObjectState.APPLIED));
			assertThat(progress.time("Deployment", "api", ObjectState.HEALTHY))
				.isBefore(progress.time("Job", "announce", ObjectState.APPLIED));
			assertThat(client.batch().v1().jobs().inNamespace("hooks").withName("announce").get()).isNull();
			String before = client.batch()
				.v1()
				.jobs()
				.inNamespace("hooks")
				.withName("migrate")
				.get()
				.getMetadata()
				.getUid();
			again.run();
			assertThat(client.batch().v1().jobs().inNamespace("hooks").withName("migrate").get().getMetadata().getUid())
				.isNotEqualTo(before);
		}
	}

	@Test
	void aFailingHookStopsTheReleaseBeforeItsFirstObject() {
		String manifests = Releases.deployment("api", "v1") + "---\n"
				+ Releases.job("migrate", "v1-crash", "helm.sh/hook: 'pre-install,pre-upgrade'");
		try (TestRollout rollout = new TestRollout(client, "bad-hook", manifests, List.of())) {
			ApplicationFailure failure = failure(rollout::run);
			assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
			assertThat(failure.getOriginalMessage()).contains("Job bad-hook/migrate")
				.contains("BackoffLimitExceeded")
				.contains("log of container run");
			assertThat(client.apps().deployments().inNamespace("bad-hook").withName("api").get()).isNull();
		}
	}

	@Test
	void aBrokenPodOfTheOldRevisionDoesNotFailTheNewOne() {
		try (TestRollout broken = new TestRollout(client, "repair", Releases.deployment("api", "v1-missing"),
				List.of());
				TestRollout repaired = new TestRollout(client, "repair", Releases.deployment("api", "v1-slow"),
						List.of())) {
			assertThat(failure(broken::run).getOriginalMessage()).contains("ImagePullBackOff");
			repaired.run();
			assertThat(repaired.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void aQuotaThatForbidsPodsFailsWithItsWords() {
		String manifests = """
				apiVersion: v1
				kind: ResourceQuota
				metadata: {name: none}
				spec: {hard: {pods: '0'}}
				---
				""" + Releases.deployment("api", "v1") + "---\n" + Releases.statefulSet("registry-mirror", "v1");
		for (String component : List.of("api", "registry-mirror")) {
			try (TestRollout rollout = new TestRollout(client, "quota", manifests, List.of(List.of(component)))) {
				ApplicationFailure failure = failure(rollout::run);
				assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
				assertThat(failure.getOriginalMessage()).contains(component).contains("exceeded quota: none");
			}
		}
	}

	@Test
	void atItsEndOfTimeAGroupSaysWhatIsMissing() {
		String never = Releases.deployment("api", "v1")
			.replace("spec:\n      containers", "spec:\n      nodeSelector: {no: where}\n      containers");
		try (TestRollout rollout = new TestRollout(client, "late", never, List.of(), "execution",
				Duration.ofSeconds(3))) {
			ApplicationFailure failure = failure(rollout::run);
			assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
			assertThat(failure.getOriginalMessage()).contains("not healthy after 3 s: 0 of 2 ready");
			assertThat(rollout.progress().changes())
				.anySatisfy((change) -> assertThat(change.object().message()).contains("Unschedulable: 0/1 nodes"));
		}
	}

	@Test
	void aPreviewTellsWhatWouldChangeAndChangesNothing() {
		String secret = """
				apiVersion: v1
				kind: Secret
				metadata: {name: password}
				stringData: {password: hunter2-hunter2}
				---
				""";
		ReleasePreviews previews = new ReleasePreviews((name) -> client);
		ReleasePreview fresh = previews.preview(preview("previewed", Releases.classroom("v1")));
		assertThat(fresh.changes()).hasSize(13)
			.allSatisfy((change) -> assertThat(change.change()).isEqualTo(ReleasePreview.Change.CREATE));
		assertThat(client.namespaces().withName("previewed").get()).isNull();
		try (TestRollout rollout = new TestRollout(client, "previewed", secret + Releases.classroom("v1"), ORDER)) {
			rollout.run();
		}
		String next = secret.replace("hunter2-hunter2", "swordfish-swordfish")
				+ Releases.classroom("v1").replace("api:v1", "api:v2");
		ReleasePreview preview = previews.preview(preview("previewed", next));
		assertThat(preview.changes()).filteredOn((change) -> change.change() == ReleasePreview.Change.UPDATE)
			.extracting(ReleasePreview.ObjectChange::name)
			.containsExactlyInAnyOrder("password", "api");
		assertThat(preview.changes()).filteredOn((change) -> change.change() == ReleasePreview.Change.UNCHANGED)
			.hasSize(12);
		assertThat(preview.toString()).contains("-        image: registry.example.com/classroom/api:v1")
			.contains("+        image: registry.example.com/classroom/api:v2")
			.contains("(changed)")
			.doesNotContain("hunter2", "swordfish", "aHVudGVy", "c3dvcmR");
	}

	private static PreviewRequest preview(String namespace, String manifests) {
		return new PreviewRequest("beijing", namespace, "classroom", "classroom", manifests, List.of(),
				Applying.DEFAULT);
	}

	private static int replicas(String namespace, String name) {
		return client.apps().deployments().inNamespace(namespace).withName(name).get().getSpec().getReplicas();
	}

	static ApplicationFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, call);
		assertThat(failure).isNotNull();
		return (ApplicationFailure) failure.getCause();
	}

}
