package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.Patience;
import io.gennaker.pipelines.model.HealthRule;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes objects healthy, or hopeless, on a real API server.
 */
@Timeout(180)
class HealthOnKubernetesTests {

	private static final RolloutSettings IMPATIENT = new RolloutSettings(Duration.ofSeconds(1),
			new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1)), Duration.ofSeconds(30),
			20, 4096, List.of());

	private static final String LESSONS = """
			apiVersion: apiextensions.k8s.io/v1
			kind: CustomResourceDefinition
			metadata: {name: courses.health.example.com}
			spec:
			  group: health.example.com
			  scope: Namespaced
			  names: {kind: Course, plural: courses, singular: course, listKind: CourseList}
			  versions:
			  - name: v1
			    served: true
			    storage: true
			    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
			---
			apiVersion: health.example.com/v1
			kind: Course
			metadata: {name: first}
			spec: {title: %s}
			""";

	private static KubernetesClient client;

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					InvalidImageName           | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: InvalidImageName, message: bad}}}] | InvalidImageName: bad (container api)
					ErrImageNeverPull          | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: ErrImageNeverPull, message: no}}}] | ErrImageNeverPull: no (container api)
					ErrImagePull               | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: ErrImagePull, message: no}}}] | ErrImagePull: no (container api)
					CreateContainerConfigError | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: CreateContainerConfigError, message: 'secret "db" not found'}}}] | CreateContainerConfigError: secret "db" not found (container api)
					CreateContainerError       | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: CreateContainerError, message: no}}}] | CreateContainerError: no (container api)
					RunContainerError          | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: RunContainerError, message: 'exec: no such file'}}}] | RunContainerError: exec: no such file (container api)
					OOMKilled                  | containerStatuses: [{name: api, image: x, imageID: '', ready: false, restartCount: 3, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}, state: {waiting: {reason: CrashLoopBackOff}}}] | its last run ended with OOMKilled
					init container             | initContainerStatuses: [{name: migrate, image: x, imageID: '', ready: false, restartCount: 0, state: {waiting: {reason: ErrImageNeverPull}}}] | ErrImageNeverPull (init container migrate)
					sidecar                    | initContainerStatuses: [{name: mesh, image: x, imageID: '', ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}}] | CrashLoopBackOff (sidecar mesh)
					""")
	void aPodThatCannotRunFailsEarlyInItsOwnWords(String name, String status, String words) throws Exception {
		String namespace = "pod-" + name.toLowerCase(Locale.ROOT).replace(' ', '-');
		String manifests = Releases.deployment("api", "v1")
			.replace("spec:\n      containers",
					"spec:\n      nodeSelector: {no: where}\n      initContainers: [{name: migrate, image: a}, {name: mesh, image: a, restartPolicy: Always}]\n      containers");
		try (TestRollout rollout = impatient(namespace, manifests, List.of())) {
			CompletableFuture<?> said = BrokenClusterTests.onceItWaits(rollout, () -> say(namespace, status));
			ApplicationFailure failure = RolloutOnKubernetesTests.failure(rollout::run);
			said.get(30, TimeUnit.SECONDS);
			assertThat(failure.getOriginalMessage())
				.startsWith("Deployment " + namespace + "/api will not become healthy: pod api-")
				.contains(words);
			assertThat(rollout.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.FAILED);
		}
	}

	@Test
	void aPausedDeploymentWithAChangeFailsWithWhatToDo() {
		String paused = Releases.deployment("api", "v1").replace("replicas: 2", "replicas: 2\n  paused: true");
		try (TestRollout rollout = impatient("paused-change", paused, List.of())) {
			assertThat(RolloutOnKubernetesTests.failure(rollout::run).getOriginalMessage())
				.contains("Paused: its controller rolls nothing out")
				.contains("kubectl rollout resume");
		}
	}

	@Test
	void whatIsSuspendedIsHealthyAndSaidToBe() {
		String manifests = Releases.cronJob("nightly", "v1").replace("schedule:", "suspend: true\n  schedule:")
				+ "---\n" + Releases.job("later", "v1", "").replace("backoffLimit: 0", "suspend: true");
		try (TestRollout rollout = impatient("suspended", manifests, List.of())) {
			rollout.run();
			assertThat(rollout.progress().last("CronJob", "nightly").message()).isEqualTo("suspended");
			assertThat(rollout.progress().last("Job", "later").message()).isEqualTo("suspended");
		}
	}

	@Test
	void anAutoscalerWithoutMetricsHoldsUpNothing() {
		String manifests = Releases.deployment("proxy", "v1") + "---\n" + Releases.autoscaler("proxy") + """
				---
				apiVersion: policy/v1
				kind: PodDisruptionBudget
				metadata: {name: proxy}
				spec: {minAvailable: 1, selector: {matchLabels: {app: proxy}}}
				---
				apiVersion: v1
				kind: Service
				metadata: {name: front}
				spec: {type: LoadBalancer, selector: {app: proxy}, ports: [{port: 80}]}
				""";
		try (TestRollout rollout = impatient("around", manifests, List.of())) {
			rollout.run();
			assertThat(rollout.progress().last("HorizontalPodAutoscaler", "proxy").state())
				.isEqualTo(ObjectState.HEALTHY);
			assertThat(rollout.progress().last("PodDisruptionBudget", "proxy").state()).isEqualTo(ObjectState.HEALTHY);
			assertThat(rollout.progress().last("Service", "front").message()).isEqualTo("no address yet");
		}
	}

	@Test
	void anOwnRuleIsWaitedForAndItsWordsAreShown() throws Exception {
		HealthRule rule = new HealthRule("Course", "health.example.com/v1", "object.status.taught >= 3", null,
				"string(object.status.taught) + ' of 3 taught'");
		try (TestRollout rollout = impatient("own-rule", LESSONS.formatted("a"), List.of(rule))) {
			CompletableFuture<?> taught = BrokenClusterTests.onceItWaits(rollout, () -> teach("own-rule", 3));
			rollout.run();
			taught.get(30, TimeUnit.SECONDS);
			assertThat(rollout.progress().changes()).anySatisfy(
					(change) -> assertThat(change.object().message()).startsWith("its rule of health cannot tell yet"));
			assertThat(rollout.progress().last("Course", "first").message()).isEqualTo("3 of 3 taught");
		}
	}

	@Test
	void anOwnRuleFailsEarlyAndShowsNoSecret() throws Exception {
		String secret = """
				---
				apiVersion: v1
				kind: Secret
				metadata: {name: password}
				stringData: {password: hunter2-hunter2}
				""";
		RolloutSettings settings = IMPATIENT.withHealth(List.of(new HealthRule("Course", null, "false",
				"object.status.taught == 13", "'failed with hunter2-hunter2'")));
		try (TestRollout rollout = new TestRollout(client, "own-failure", LESSONS.formatted("b") + secret, List.of(),
				"execution", Duration.ofSeconds(60), settings, List.of())) {
			CompletableFuture<?> taught = BrokenClusterTests.onceItWaits(rollout, () -> teach("own-failure", 13));
			ApplicationFailure failure = RolloutOnKubernetesTests.failure(rollout::run);
			taught.get(30, TimeUnit.SECONDS);
			assertThat(failure.getOriginalMessage())
				.isEqualTo("Course own-failure/first will not become healthy: failed with ********");
			assertThat(rollout.progress().changes())
				.noneSatisfy((change) -> assertThat(change.object().message()).contains("hunter2"));
		}
	}

	private static TestRollout impatient(String namespace, String manifests, List<HealthRule> health) {
		return new TestRollout(client, namespace, manifests, List.of(), "execution", Duration.ofSeconds(60), IMPATIENT,
				health);
	}

	/** Says of a Deployment's pods what a node's agent would. */
	private static void say(String namespace, String status) {
		client.pods().inNamespace(namespace).waitUntilCondition((pod) -> pod != null, 20, TimeUnit.SECONDS);
		PodStatus wanted = Serialization.unmarshal("phase: Pending\n" + status, PodStatus.class);
		for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
			say(client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()), wanted, 10);
		}
	}

	/** The scheduler speaks of the same pod, and may be faster. */
	private static void say(PodResource pod, PodStatus wanted, int attempts) {
		try {
			pod.editStatus((live) -> {
				wanted.setConditions(live.getStatus().getConditions());
				live.setStatus(wanted);
				return live;
			});
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != 409 || attempts == 0) {
				throw ex;
			}
			say(pod, wanted, attempts - 1);
		}
	}

	private static void teach(String namespace, int lessons) {
		client.genericKubernetesResources("health.example.com/v1", "Course")
			.inNamespace(namespace)
			.withName("first")
			.edit((course) -> {
				course.setAdditionalProperty("status", Map.of("taught", lessons));
				return course;
			});
	}

}
