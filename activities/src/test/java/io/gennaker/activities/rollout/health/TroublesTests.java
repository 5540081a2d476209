package io.gennaker.activities.rollout.health;

import java.time.Duration;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TroublesTests {

	private final Troubles troubles = new Troubles(
			new Patience(Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofSeconds(10)));

	@ParameterizedTest
	@CsvSource({ "ImagePullBackOff, 0, 0", "InvalidImageName, 0, 0", "ErrImageNeverPull, 0, 0", "ErrImagePull, 0, 10",
			"CreateContainerConfigError, 0, 10", "CreateContainerError, 0, 10", "RunContainerError, 0, 10",
			"CrashLoopBackOff, 1, 60", "CrashLoopBackOff, 3, 0" })
	void aWaitingContainerIsInTrouble(String reason, int restarts, int patienceSeconds) {
		Pod pod = pod("containerStatuses: [{name: api, restartCount: %d, state: {waiting: {reason: %s, message: why}}}]"
			.formatted(restarts, reason));
		assertThat(this.troubles.of(pod)).hasValueSatisfying((trouble) -> {
			assertThat(trouble.words()).isEqualTo(reason + ": why (container api)");
			assertThat(trouble.patience()).isEqualTo(Duration.ofSeconds(patienceSeconds));
			assertThat(trouble.ended()).isFalse();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "containerStatuses: [{name: a, state: {waiting: {reason: ContainerCreating}}}]",
					"containerStatuses: [{name: a, state: {running: {}}}]", "phase: Pending",
					"conditions: [{type: PodScheduled, status: 'True'}]" })
	void whatIsOnItsWayIsNot(String status) {
		assertThat(this.troubles.of(pod(status))).isEmpty();
	}

	@Test
	void initContainersCountToo() {
		assertThat(this.troubles
			.of(pod("initContainerStatuses: [{name: init, state: {waiting: {reason: ImagePullBackOff}}}]")))
			.hasValueSatisfying((trouble) -> assertThat(trouble.container()).isEqualTo("init"));
	}

	@Test
	void aPodThatNoNodeTakesGetsTime() {
		assertThat(this.troubles.of(pod(
				"conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes are available}]")))
			.hasValueSatisfying((trouble) -> {
				assertThat(trouble.words()).isEqualTo("Unschedulable: 0/3 nodes are available");
				assertThat(trouble.patience()).isEqualTo(Duration.ofSeconds(120));
			});
	}

	@Test
	void theGravestTroubleIsTold() {
		assertThat(this.troubles.of(pod(
				"containerStatuses: [{name: a, state: {waiting: {reason: ErrImagePull}}}, {name: b, state: {waiting: {reason: InvalidImageName}}}]")))
			.hasValueSatisfying((trouble) -> assertThat(trouble.container()).isEqualTo("b"));
	}

	@Test
	void theLogOfTheLastRunIsTheOneToReadAfterACrash() {
		assertThat(this.troubles.of(pod(
				"containerStatuses: [{name: a, restartCount: 5, lastState: {terminated: {exitCode: 1}}, state: {waiting: {reason: CrashLoopBackOff}}}]")))
			.hasValueSatisfying((trouble) -> assertThat(trouble.ended()).isTrue());
	}

	@Test
	void aContainerThatNeededTooMuchMemoryIsSaidToHave() {
		Pod pod = Serialization.unmarshal(
				"""
						apiVersion: v1
						kind: Pod
						metadata: {name: p}
						spec: {containers: [{name: a, resources: {limits: {memory: 64Mi}}}]}
						status: {containerStatuses: [{name: a, restartCount: 2, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}, state: {waiting: {reason: CrashLoopBackOff}}}]}
						""",
				Pod.class);
		assertThat(this.troubles.of(pod)).hasValueSatisfying((trouble) -> assertThat(trouble.words()).isEqualTo(
				"CrashLoopBackOff: its last run ended with OOMKilled, it needs more memory than its limit of 64Mi (exit code 137) (container a)"));
	}

	@Test
	void theLastWordsOfAContainerAreTold() {
		assertThat(this.troubles.of(pod(
				"containerStatuses: [{name: a, restartCount: 3, lastState: {terminated: {exitCode: 2, reason: Error, message: 'no database'}}, state: {waiting: {reason: CrashLoopBackOff, message: back-off 10s restarting failed container=a pod=p_ns(1)}}}]")))
			.hasValueSatisfying((trouble) -> assertThat(trouble.words()).isEqualTo(
					"CrashLoopBackOff: back-off 10s restarting failed container; its last run ended with Error (exit code 2): no database (container a)"));
	}

	@Test
	void initContainersAndSidecarsAreCalledSo() {
		String yaml = """
				apiVersion: v1
				kind: Pod
				metadata: {name: p}
				spec: {initContainers: [{name: migrate}, {name: proxy, restartPolicy: Always}], containers: [{name: a}]}
				status: {initContainerStatuses: [{name: %s, state: {waiting: {reason: ErrImageNeverPull}}}]}
				""";
		assertThat(this.troubles.of(Serialization.unmarshal(yaml.formatted("migrate"), Pod.class))).hasValueSatisfying(
				(trouble) -> assertThat(trouble.words()).isEqualTo("ErrImageNeverPull (init container migrate)"));
		assertThat(this.troubles.of(Serialization.unmarshal(yaml.formatted("proxy"), Pod.class))).hasValueSatisfying(
				(trouble) -> assertThat(trouble.words()).isEqualTo("ErrImageNeverPull (sidecar proxy)"));
	}

	@Test
	void aPausedDeploymentIsInTroubleOnlyWithAChange() {
		String deployment = """
				kind: Deployment
				metadata: {name: a, generation: 2}
				spec: {replicas: 2, paused: true}
				status: {observedGeneration: 2, replicas: 2, updatedReplicas: %d}
				""";
		assertThat(this.troubles.of(resource(deployment.formatted(2)))).isEmpty();
		assertThat(this.troubles.of(resource(deployment.formatted(0)))).hasValueSatisfying((trouble) -> {
			assertThat(trouble.words()).startsWith("Paused: ").contains("kubectl rollout resume");
			assertThat(trouble.patience()).isEqualTo(Duration.ofSeconds(10));
		});
	}

	@Test
	void podsThatAreBeingDeletedDoNotCount() {
		Pod pod = pod("containerStatuses: [{name: a, state: {waiting: {reason: ImagePullBackOff}}}]");
		pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
		assertThat(this.troubles.of(pod)).isEmpty();
	}

	@Test
	void aQuotaShowsAsFailureOfTheWorkload() {
		GenericKubernetesResource deployment = resource(
				"""
						kind: Deployment
						metadata: {name: a}
						status: {conditions: [{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: exceeded quota}]}
						""");
		assertThat(this.troubles.of(deployment))
			.hasValueSatisfying((trouble) -> assertThat(trouble.words()).isEqualTo("FailedCreate: exceeded quota"));
	}

	@Test
	void onlyPodsOfTheNewestRevisionCount() {
		GenericKubernetesResource set = resource("""
				kind: StatefulSet
				metadata: {name: a, uid: set}
				status: {updateRevision: a-2}
				""");
		assertThat(Revisions.isNewest(set, owned("StatefulSet", "set", "controller-revision-hash: a-2"))).isTrue();
		assertThat(Revisions.isNewest(set, owned("StatefulSet", "set", "controller-revision-hash: a-1"))).isFalse();
		assertThat(Revisions.isNewest(set, owned("StatefulSet", "other", "controller-revision-hash: a-2"))).isFalse();
		GenericKubernetesResource daemons = resource("""
				kind: DaemonSet
				metadata: {name: a, uid: set, annotations: {deprecated.daemonset.template.generation: '3'}}
				""");
		assertThat(Revisions.isNewest(daemons, owned("DaemonSet", "set", "pod-template-generation: '3'"))).isTrue();
		assertThat(Revisions.isNewest(daemons, owned("DaemonSet", "set", "pod-template-generation: '2'"))).isFalse();
		assertThat(
				Revisions.isNewest(resource("kind: Job\nmetadata: {name: a, uid: job}"), owned("Job", "job", "x: y")))
			.isTrue();
	}

	@Test
	void aReplicaSetIsTheNewestIfItsTemplateIsTheDeploymentsButForTheHash() {
		GenericKubernetesResource deployment = resource("""
				kind: Deployment
				metadata: {name: a}
				spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: 'a:2'}]}}}
				""");
		String replicaSet = """
				kind: ReplicaSet
				metadata: {name: a-1}
				spec: {template: {metadata: {creationTimestamp: null, labels: {app: a, pod-template-hash: abc}}, spec: {containers: [{name: a, image: 'a:2'}]}}}
				""";
		assertThat(Revisions.isNewest(deployment, resource(replicaSet))).isTrue();
		assertThat(Revisions.isNewest(deployment, resource(replicaSet.replace("a:2", "a:1")))).isFalse();
	}

	@Test
	void theWayOnWhichATemplateCameDoesNotMatter() {
		GenericKubernetesResource read = resource("kind: Deployment\nmetadata: {name: a}");
		GenericKubernetesResource watched = resource("kind: ReplicaSet\nmetadata: {name: a-1}");
		read.setAdditionalProperty("spec", Map.of("template", Map.of("spec", Map.of("graceSeconds", 30))));
		watched.setAdditionalProperty("spec", Map.of("template", Map.of("spec", Map.of("graceSeconds", 30L))));
		assertThat(Revisions.isNewest(read, watched)).isTrue();
	}

	private static Pod owned(String kind, String uid, String label) {
		return Serialization.unmarshal("""
				apiVersion: v1
				kind: Pod
				metadata: {name: p, labels: {%s}, ownerReferences: [{kind: %s, uid: %s, controller: true}]}
				""".formatted(label, kind, uid), Pod.class);
	}

	private static Pod pod(String status) {
		return Serialization
			.unmarshal("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus: {%s}\n".formatted(status), Pod.class);
	}

	private static GenericKubernetesResource resource(String yaml) {
		return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
	}

}
