package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterOperation.JobSource;
import io.gennaker.pipelines.model.ClusterOperation.PatchForm;
import io.gennaker.pipelines.model.ObjectChoice;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What stages do to objects, on a real API server with its real controllers.
 */
@Timeout(180)
class OperationsOnKubernetesTests {

	private static final ObjectChoice API = ObjectChoice.named("Deployment", "apps/v1", "api");

	private static KubernetesClient client;

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@Test
	void aRestartReplacesThePodsOnceHoweverOftenItIsRepeated() {
		release("restart", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "restart")) {
			assertThat(operations.run(new ClusterOperation.Restart(API))).isEqualTo("restarted Deployment api");
			long after = deployment("restart").getMetadata().getGeneration();
			assertThat(deployment("restart").getSpec().getTemplate().getMetadata().getAnnotations())
				.containsEntry(RollingRestart.MARK, operations.execution() + "/stage");
			assertThat(operations.progress.last("Deployment", "api").message()).isEqualTo("2 of 2 ready");
			operations.run(new ClusterOperation.Restart(API));
			assertThat(deployment("restart").getMetadata().getGeneration()).isEqualTo(after);
			operations.anew().run(new ClusterOperation.Restart(API));
			assertThat(deployment("restart").getMetadata().getGeneration()).isEqualTo(after + 1);
		}
	}

	@Test
	void labelsChooseSeveralWorkloads() {
		release("several", "api", "v1");
		release("several", "proxy", "v1");
		try (TestOperations operations = new TestOperations(client, "several")) {
			ObjectChoice none = new ObjectChoice("Deployment", "apps/v1", null, null, Map.of("team", "none"));
			client.apps().deployments().inNamespace("several").withName("api").edit((live) -> {
				live.getMetadata().getLabels().put("team", "north");
				return live;
			});
			ObjectChoice north = new ObjectChoice("Deployment", "apps/v1", null, null,
					Map.of("team", "${{ cluster.region }}"));
			assertThat(operations.run(new ClusterOperation.Restart(north))).isEqualTo("restarted Deployment api");
			ApplicationFailure failure = failure(() -> operations.run(new ClusterOperation.Restart(none)));
			assertThat(failure.getOriginalMessage())
				.isEqualTo("There is no Deployment with team=none in namespace several of cluster beijing");
			assertThat(failure.isNonRetryable()).isTrue();
		}
	}

	@Test
	void aScaledWorkloadHasItsReplicasAndTheNextReleaseBringsItsOwn() {
		release("scale", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "scale")) {
			String summary = operations.run(new ClusterOperation.Scale(API, "${{ parameters.replicas }}", false));
			assertThat(summary).isEqualTo("scaled Deployment api to 3");
			assertThat(deployment("scale").getStatus().getReadyReplicas()).isEqualTo(3);
			release("scale", "api", "v2");
			assertThat(deployment("scale").getSpec().getReplicas()).isEqualTo(2);
		}
	}

	@Test
	void whatAnAutoscalerScalesIsLeftAloneUnlessTheStageSaysOtherwise() {
		roll("autoscaled", Releases.deployment("proxy", "v1") + "---\n" + Releases.autoscaler("proxy"));
		ObjectChoice proxy = ObjectChoice.named("Deployment", "apps/v1", "proxy");
		try (TestOperations operations = new TestOperations(client, "autoscaled")) {
			ApplicationFailure failure = failure(() -> operations.run(new ClusterOperation.Scale(proxy, "0", false)));
			assertThat(failure.getOriginalMessage())
				.contains("HorizontalPodAutoscaler proxy decides the replicas of Deployment/proxy, from 2 to 5")
				.contains("override: true");
			operations.run(new ClusterOperation.Scale(proxy, "0", true));
			assertThat(client.apps()
				.deployments()
				.inNamespace("autoscaled")
				.withName("proxy")
				.get()
				.getSpec()
				.getReplicas()).isZero();
		}
	}

	@Test
	void aCheckWaitsUntilItsConditionIsTrue() {
		release("check", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "check")) {
			ObjectChoice flag = ObjectChoice.named("ConfigMap", "v1", "flag");
			operations.progress.onChange((object) -> {
				if (object.kind().equals("ConfigMap") && object.state() == RolloutProgress.ObjectState.PROGRESSING) {
					client
						.resource(new ConfigMapBuilder().withNewMetadata()
							.withName("flag")
							.withNamespace("check")
							.endMetadata()
							.addToData("open", "yes")
							.build())
						.serverSideApply();
				}
			});
			assertThat(operations
				.run(new ClusterOperation.Check(flag, "object.data.open == 'yes'", Duration.ofSeconds(30))))
				.contains("holds");
			assertThat(operations.run(new ClusterOperation.Check(API,
					"object.status.readyReplicas == 2 && cluster.region == 'north'", Duration.ZERO)))
				.contains("holds");
		}
	}

	@Test
	void aCheckThatFailsTellsWhatTheObjectWasLike() {
		release("unchecked", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "unchecked")) {
			ApplicationFailure failure = failure(() -> operations.run(new ClusterOperation.Check(API,
					"object.status.readyReplicas == parameters.replicas", Duration.ofSeconds(1))));
			assertThat(failure.getType()).isEqualTo(Failures.CHECK_FAILED);
			assertThat(failure.getOriginalMessage())
				.isEqualTo("Deployment unchecked/api: 'object.status.readyReplicas == parameters.replicas' does not "
						+ "hold after 1 s: object.status.readyReplicas is 2");
			ApplicationFailure missing = failure(() -> operations
				.run(new ClusterOperation.Check(API, "object.status.gone.further == 1", Duration.ZERO)));
			assertThat(missing.getOriginalMessage()).contains("cannot be evaluated").contains("ask has() first");
		}
	}

	@Test
	void anAppliedPatchIsRefusedWhereAnotherOwnsTheField() {
		release("patch", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "patch")) {
			operations.run(new ClusterOperation.Patch(API, PatchForm.APPLY,
					Map.of("metadata", Map.of("annotations", Map.of("example.com/n", "${{ execution.number }}")))));
			assertThat(deployment("patch").getMetadata().getAnnotations()).containsEntry("example.com/n", "12");
			ApplicationFailure failure = failure(() -> operations
				.run(new ClusterOperation.Patch(API, PatchForm.APPLY, Map.of("spec", Map.of("replicas", 5)))));
			assertThat(failure.getOriginalMessage()).contains("another field manager owns").contains(".spec.replicas");
		}
	}

	@Test
	void aMergedPatchDoesNotHinderTheNextRelease() {
		release("merge", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "merge")) {
			Map<String, Object> spec = new LinkedHashMap<>(Map.of("replicas", 1));
			spec.put("progressDeadlineSeconds", null);
			operations.run(new ClusterOperation.Patch(API, PatchForm.MERGE, Map.of("spec", spec)));
			assertThat(deployment("merge").getSpec().getReplicas()).isEqualTo(1);
			release("merge", "api", "v2");
			assertThat(deployment("merge").getSpec().getReplicas()).isEqualTo(2);
		}
	}

	@Test
	void aListOfOperationsIsSentOnceInARun() {
		release("operations", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "operations")) {
			ClusterOperation patch = new ClusterOperation.Patch(API, PatchForm.JSON, List
				.of(Map.of("op", "add", "path", "/spec/template/spec/containers/0/args", "value", List.of("a"))));
			ClusterOperation more = new ClusterOperation.Patch(API, PatchForm.JSON,
					List.of(Map.of("op", "add", "path", "/spec/template/spec/containers/0/args/-", "value", "b")));
			operations.run(patch);
			operations.anew().run(more);
			operations.run(more);
			assertThat(deployment("operations").getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs())
				.containsExactly("a", "b");
		}
	}

	@Test
	void deletedObjectsAreGoneAndWhatIsMissingIsToldOrIgnored() {
		release("delete", "api", "v1");
		try (TestOperations operations = new TestOperations(client, "delete")) {
			assertThat(operations.run(new ClusterOperation.Delete(API, false))).isEqualTo("deleted Deployment api");
			assertThat(client.apps().deployments().inNamespace("delete").withName("api").get()).isNull();
			assertThat(operations.run(new ClusterOperation.Delete(API, true))).startsWith("nothing to delete");
			ApplicationFailure failure = failure(() -> operations.run(new ClusterOperation.Delete(API, false)));
			assertThat(failure.getOriginalMessage())
				.isEqualTo("There is no Deployment api in namespace delete of cluster beijing");
		}
	}

	@Test
	void anObjectThatAFinalizerHoldsIsNamedWithIt() {
		release("held", "api", "v1");
		client
			.resource(new ConfigMapBuilder().withNewMetadata()
				.withName("held")
				.withNamespace("held")
				.withFinalizers("example.com/hold")
				.endMetadata()
				.build())
			.create();
		try (TestOperations operations = new TestOperations(client, "held").within(Duration.ofSeconds(3))) {
			ApplicationFailure failure = failure(() -> operations
				.run(new ClusterOperation.Delete(ObjectChoice.named("ConfigMap", "v1", "held"), true)));
			assertThat(failure.getOriginalMessage()).contains("is still there: it waits for example.com/hold");
		}
	}

	@Test
	void aJobRunsOnceAndItsLogIsKept() {
		release("job", "api", "v1");
		JobSource source = new JobSource.Container(null, "api", List.of("/bin/migrate"),
				List.of("--to", "${{ trigger.tag }}"), Map.of("LEVEL", "info"), null);
		try (TestOperations operations = new TestOperations(client, "job")) {
			ClusterOperation job = new ClusterOperation.RunJob(source, 0, Duration.ofHours(1));
			assertThat(operations.run(job)).matches("job stage-[0-9a-f]{10} succeeded");
			List<Job> jobs = client.batch().v1().jobs().inNamespace("job").list().getItems();
			assertThat(jobs).singleElement().satisfies((one) -> {
				assertThat(one.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
				assertThat(one.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
					.isEqualTo("registry.example.com/classroom/api:v7@sha256:" + "7".repeat(64));
				assertThat(one.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs())
					.containsExactly("--to", "v7");
			});
			assertThat(operations.logs).containsKey("stage/beijing");
			operations.run(job);
			assertThat(client.batch().v1().jobs().inNamespace("job").list().getItems()).isEqualTo(jobs);
		}
	}

	@Test
	void aJobOfAFileCarriesTheBoundImages() {
		release("file", "api", "v1");
		String manifest = Releases.job("any", "v1", "a: b").replace("classroom/jobrunner", "classroom/api");
		try (TestOperations operations = new TestOperations(client, "file").file("jobs/migrate.yaml", manifest)) {
			operations
				.run(new ClusterOperation.RunJob(new JobSource.File("jobs/migrate.yaml"), 0, Duration.ofMinutes(5)));
			assertThat(client.batch().v1().jobs().inNamespace("file").list().getItems()).singleElement()
				.satisfies(
						(one) -> assertThat(one.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
							.contains("api:v7@sha256:777"));
		}
	}

	@Test
	void aJobWhoseImageIsMissingFailsEarlyAndIsTakenAway() {
		release("badjob", "api", "v1");
		JobSource source = new JobSource.Container("registry.example.com/classroom/api:v1-missing", null, List.of(),
				List.of(), Map.of(), null);
		try (TestOperations operations = new TestOperations(client, "badjob")) {
			ApplicationFailure failure = failure(
					() -> operations.run(new ClusterOperation.RunJob(source, 0, Duration.ofHours(1))));
			assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
			assertThat(failure.getOriginalMessage()).contains("ImagePullBackOff");
			client.batch()
				.v1()
				.jobs()
				.inNamespace("badjob")
				.withName("stage")
				.waitUntilCondition((job) -> job == null, 20, TimeUnit.SECONDS);
			assertThat(client.batch().v1().jobs().inNamespace("badjob").list().getItems()).isEmpty();
		}
	}

	@Test
	void aJobThatAnEarlierAttemptStartedAndIsGoneIsNotRunAgain() {
		release("gone", "api", "v1");
		JobSource source = new JobSource.Container(null, "api", List.of(), List.of(), Map.of(), null);
		try (TestOperations operations = new TestOperations(client, "gone")) {
			operations.resumeFrom(new RolloutBeat(System.currentTimeMillis(), 0, 1, 0, ""));
			ApplicationFailure failure = failure(
					() -> operations.run(new ClusterOperation.RunJob(source, 0, Duration.ofHours(1))));
			assertThat(failure.getOriginalMessage()).contains("whether it ended well is unknown");
			assertThat(client.batch().v1().jobs().inNamespace("gone").list().getItems()).isEmpty();
		}
	}

	private static void release(String namespace, String component, String tag) {
		roll(namespace, Releases.deployment(component, tag));
	}

	private static void roll(String namespace, String manifests) {
		try (TestRollout rollout = new TestRollout(client, namespace, manifests, List.of())) {
			rollout.run();
		}
	}

	private static Deployment deployment(String namespace) {
		return client.apps().deployments().inNamespace(namespace).withName("api").get();
	}

	private static ApplicationFailure failure(ThrowingCallable call) {
		ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, call);
		assertThat(failure).as("the activity's failure").isNotNull();
		return (ApplicationFailure) failure.getCause();
	}

}
