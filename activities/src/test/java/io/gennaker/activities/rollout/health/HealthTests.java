package io.gennaker.activities.rollout.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTests {

	private static final String ROLLED_OUT = "{type: Progressing, status: 'True', reason: NewReplicaSetAvailable}, {type: Available, status: 'True'}";

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					not seen                 | {replicas: 2}                           | {}                                                                                   | PROGRESSING | its controller has not seen it yet
					an old generation        | {replicas: 2}                           | {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2}       | PROGRESSING | its controller has not yet seen generation 2
					few updated              | {replicas: 3}                           | {observedGeneration: 2, replicas: 3, updatedReplicas: 1}                             | PROGRESSING | 1 of 3 updated
					old ones left            | {replicas: 2}                           | {observedGeneration: 2, replicas: 3, updatedReplicas: 2}                             | PROGRESSING | 1 old pods still to go
					few available            | {replicas: 3}                           | {observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 2, availableReplicas: 2} | PROGRESSING | 2 of 3 ready
					none wanted              | {replicas: 0}                           | {observedGeneration: 2, conditions: [%s]}                                            | HEALTHY     | 0 of 0 ready
					one by default           | {}                                      | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: [%s]} | HEALTHY | 1 of 1 ready
					all there                | {replicas: 2, progressDeadlineSeconds: 600} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2, conditions: [%s]} | HEALTHY | 2 of 2 ready
					not settled              | {replicas: 1, progressDeadlineSeconds: 600} | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1, conditions: [{type: Progressing, status: 'True', reason: ReplicaSetUpdated}]} | PROGRESSING | its new ReplicaSet is not available yet
					not available            | {replicas: 1}                           | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1, conditions: [{type: Available, status: 'False'}]} | PROGRESSING | is not available yet
					paused at rest          | {replicas: 2, paused: true, progressDeadlineSeconds: 600} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2, conditions: [{type: Progressing, status: Unknown, reason: DeploymentPaused}]} | HEALTHY | 2 of 2 ready, paused
					paused and scaled       | {replicas: 2, paused: true}             | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1} | PROGRESSING | 1 of 2 ready, paused
					paused before a change  | {replicas: 2, paused: true}             | {observedGeneration: 2, replicas: 2, readyReplicas: 2, availableReplicas: 2} | PROGRESSING | is paused, and its change is not rolled out
					paused within a change  | {replicas: 2, paused: true}             | {observedGeneration: 2, replicas: 3, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2} | PROGRESSING | is paused, and its change is not rolled out
					out of time              | {replicas: 1}                           | {observedGeneration: 2, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: too slow}]} | FAILED | ProgressDeadlineExceeded: too slow
					""")
	void deployment(String fact, String spec, String status, Health.State state, String message) {
		assertHealth("apps/v1", "Deployment", spec, status.replace("%s", ROLLED_OUT), state, message);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					not seen          | {replicas: 1}                                   | {replicas: 1, readyReplicas: 1} | PROGRESSING | its controller has not seen it yet
					few ready         | {replicas: 3}                                   | {observedGeneration: 2, replicas: 3, readyReplicas: 2} | PROGRESSING | 2 of 3 ready
					too many          | {replicas: 1}                                   | {observedGeneration: 2, replicas: 2, readyReplicas: 2} | PROGRESSING | 1 old pods still to go
					old revision      | {replicas: 2}                                   | {observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b} | PROGRESSING | 1 of 2 updated
					all there         | {replicas: 2}                                   | {observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 2, currentRevision: b, updateRevision: b} | HEALTHY | 2 of 2 ready
					partition open    | {replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}} | {observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b} | PROGRESSING | 1 of 2 updated
					partition done    | {replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}} | {observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: 2, currentRevision: a, updateRevision: b} | HEALTHY | updated down to partition 1
					partition of all  | {replicas: 2, updateStrategy: {rollingUpdate: {partition: 5}}} | {observedGeneration: 2, replicas: 2, readyReplicas: 2, currentRevision: a, updateRevision: b} | HEALTHY | updated down to partition 5
					by hand           | {updateStrategy: {type: OnDelete}}              | {observedGeneration: 2} | HEALTHY | its pods are replaced by hand
					by hand, one left | {updateStrategy: {type: OnDelete}}              | {observedGeneration: 2, replicas: 3, updatedReplicas: 2} | HEALTHY | its pods are replaced by hand: 1 of 3 are old
					""")
	void statefulSet(String fact, String spec, String status, Health.State state, String message) {
		assertHealth("apps/v1", "StatefulSet", spec, status, state, message);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					not seen    | {}                                 | {} | PROGRESSING | its controller has not seen it yet
					no nodes    | {}                                 | {observedGeneration: 2, desiredNumberScheduled: 0} | HEALTHY | 0 of 0 ready
					few updated | {}                                 | {observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 1} | PROGRESSING | 1 of 3 updated
					few ready   | {}                                 | {observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 3, numberAvailable: 2} | PROGRESSING | 2 of 3 ready
					all there   | {}                                 | {observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 3, numberAvailable: 3} | HEALTHY | 3 of 3 ready
					not all on  | {}                                 | {observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 2, updatedNumberScheduled: 3, numberReady: 3, numberAvailable: 3} | PROGRESSING | 3 of 3 ready
					by hand     | {updateStrategy: {type: OnDelete}} | {} | HEALTHY | its pods are replaced by hand
					all by hand | {updateStrategy: {type: OnDelete}} | {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 0} | HEALTHY | its pods are replaced by hand: 3 of 3 are old
					""")
	void daemonSet(String fact, String spec, String status, Health.State state, String message) {
		assertHealth("apps/v1", "DaemonSet", spec, status, state, message);
	}

	@ParameterizedTest(name = "{0} {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					apps/v1  | ReplicaSet | {replicas: 2} | {observedGeneration: 2, replicas: 2, fullyLabeledReplicas: 2, availableReplicas: 2, readyReplicas: 2} | HEALTHY | 2 of 2 ready
					apps/v1  | ReplicaSet | {replicas: 2} | {observedGeneration: 2, replicas: 2, fullyLabeledReplicas: 2, availableReplicas: 1, readyReplicas: 1} | PROGRESSING | 1 of 2 ready
					apps/v1  | ReplicaSet | {replicas: 1} | {observedGeneration: 2, replicas: 2} | PROGRESSING | 1 old pods still to go
					apps/v1  | ReplicaSet | {replicas: 1} | {conditions: [{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: quota}]} | PROGRESSING | FailedCreate: quota
					batch/v1 | Job | {} | {} | PROGRESSING | has not started yet
					batch/v1 | Job | {} | {startTime: now, active: 1} | HEALTHY | runs: 1 active, 0 succeeded, 0 failed
					batch/v1 | Job | {} | {startTime: now, conditions: [{type: Complete, status: 'True'}]} | HEALTHY | complete
					batch/v1 | Job | {suspend: true} | {conditions: [{type: Suspended, status: 'True'}]} | HEALTHY | suspended
					batch/v1 | Job | {} | {conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: gave up}]} | FAILED | BackoffLimitExceeded: gave up
					batch/v1 | Job | {suspend: true} | {} | HEALTHY | suspended
					batch/v1 | Job | {} | {startTime: now, conditions: [{type: Failed, status: 'True', reason: DeadlineExceeded, message: too slow}]} | FAILED | DeadlineExceeded: too slow
					batch/v1 | CronJob | {} | {} | HEALTHY | ``
					batch/v1 | CronJob | {suspend: true} | {} | HEALTHY | suspended
					v1 | Pod | {} | {} | PROGRESSING | has no phase yet
					v1 | Pod | {} | {phase: Pending} | PROGRESSING | Pending
					v1 | Pod | {} | {phase: Running} | PROGRESSING | runs, not ready yet
					v1 | Pod | {} | {phase: Running, conditions: [{type: Ready, status: 'True'}]} | HEALTHY | ready
					v1 | Pod | {} | {phase: Succeeded} | HEALTHY | succeeded
					v1 | Pod | {} | {phase: Failed, reason: Evicted} | FAILED | Evicted
					v1 | Pod | {} | {phase: Failed, message: no room} | FAILED | no room
					v1 | Pod | {} | {phase: Failed} | FAILED | its containers failed
					v1 | PersistentVolumeClaim | {} | {} | PROGRESSING | has no phase yet
					v1 | PersistentVolumeClaim | {} | {phase: Lost} | FAILED | Lost: the volume that it was bound to is gone
					v1 | PersistentVolumeClaim | {} | {phase: Pending} | PROGRESSING | Pending
					v1 | PersistentVolumeClaim | {} | {phase: Bound} | HEALTHY | Bound
					v1 | Namespace | {} | {} | PROGRESSING | has no phase yet
					v1 | Namespace | {} | {phase: Terminating} | PROGRESSING | Terminating
					v1 | Namespace | {} | {phase: Active} | HEALTHY | Active
					v1 | Service | {type: ClusterIP} | {} | HEALTHY | ``
					v1 | Service | {type: LoadBalancer} | {} | PROGRESSING | has no cluster IP yet
					v1 | Service | {type: LoadBalancer, clusterIP: 10.0.0.1} | {} | HEALTHY | no address yet
					v1 | Service | {type: LoadBalancer, clusterIP: 10.0.0.1} | {loadBalancer: {ingress: [{ip: 192.0.2.1}, {hostname: lb.example.com}]}} | HEALTHY | at 192.0.2.1, lb.example.com
					policy/v1 | PodDisruptionBudget | {} | {observedGeneration: 1} | PROGRESSING | its controller has not yet seen generation 2
					policy/v1 | PodDisruptionBudget | {} | {observedGeneration: 2} | HEALTHY | ``
					policy/v1 | PodDisruptionBudget | {} | {observedGeneration: 2, conditions: [{type: DisruptionAllowed, status: 'False', reason: InsufficientPods}]} | HEALTHY | allows no disruption now: InsufficientPods
					networking.k8s.io/v1 | Ingress | {} | {} | HEALTHY | no address yet
					networking.k8s.io/v1 | Ingress | {} | {loadBalancer: {ingress: [{ip: 192.0.2.1}]}} | HEALTHY | at 192.0.2.1
					autoscaling/v2 | HorizontalPodAutoscaler | {} | {} | HEALTHY | ``
					autoscaling/v2 | HorizontalPodAutoscaler | {} | {conditions: [{type: AbleToScale, status: 'True'}, {type: ScalingActive, status: 'False', reason: FailedGetResourceMetric, message: no metrics}]} | HEALTHY | does not scale now: FailedGetResourceMetric: no metrics
					autoscaling/v2 | HorizontalPodAutoscaler | {} | {conditions: [{type: AbleToScale, status: 'False', reason: FailedGetScale}]} | HEALTHY | does not scale now: FailedGetScale
					apiregistration.k8s.io/v1 | APIService | {} | {} | PROGRESSING | is not available yet
					apiregistration.k8s.io/v1 | APIService | {} | {conditions: [{type: Available, status: 'False', reason: MissingEndpoints, message: no endpoints}]} | PROGRESSING | MissingEndpoints: no endpoints
					apiregistration.k8s.io/v1 | APIService | {} | {conditions: [{type: Available, status: 'True'}]} | HEALTHY | available
					apiextensions.k8s.io/v1 | CustomResourceDefinition | {} | {} | PROGRESSING | is not established yet
					apiextensions.k8s.io/v1 | CustomResourceDefinition | {} | {conditions: [{type: Established, status: 'True'}]} | HEALTHY | established
					apiextensions.k8s.io/v1 | CustomResourceDefinition | {} | {conditions: [{type: NamesAccepted, status: 'False', reason: MultipleNamesNotAllowed, message: taken}]} | FAILED | MultipleNamesNotAllowed: taken
					example.com/v1 | Lesson | {} | {} | HEALTHY | ``
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: 'False', reason: Waits, message: no room}]} | PROGRESSING | Waits: no room
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: Unknown}]} | PROGRESSING | its condition Ready is Unknown
					example.com/v1 | Lesson | {} | {observedGeneration: '1'} | PROGRESSING | its controller has not yet seen generation 2
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: 'True', observedGeneration: 1}]} | PROGRESSING | its condition Ready is of generation 1, not yet of 2
					example.com/v1 | Lesson | {} | {conditions: [{type: Available, status: 'False', reason: Waits}]} | PROGRESSING | Waits
					example.com/v1 | Lesson | {} | {conditions: [{type: Failed, status: 'True', message: gave up}]} | FAILED | gave up
					example.com/v1 | Lesson | {} | {conditions: [{type: Failed, status: 'False'}, {type: Progressing, status: 'True', reason: Rolling}]} | PROGRESSING | Rolling
					example.com/v1 | Lesson | {} | {conditions: [{type: Available, status: 'True'}, {type: Progressing, status: 'True', reason: Rolling}]} | PROGRESSING | Rolling
					example.com/v1 | Lesson | {} | {conditions: [{type: Available, status: 'True'}, {type: Progressing, status: 'True', reason: NewReplicaSetAvailable}]} | HEALTHY | ``
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: 'True'}, {type: Progressing, status: 'True', reason: Rolling}]} | HEALTHY | ``
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: 'False'}, {type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: too slow}]} | FAILED | ProgressDeadlineExceeded: too slow
					example.com/v1 | Lesson | {} | {conditions: [{type: Ready, status: 'True'}]} | HEALTHY | ``
					example.com/v1 | Lesson | {} | {conditions: [{type: Reconciling, status: 'True', message: works}]} | PROGRESSING | works
					example.com/v1 | Lesson | {} | {conditions: [{type: Stalled, status: 'True', reason: Broken}]} | FAILED | Broken
					example.com/v1 | Deployment | {replicas: 3} | {} | HEALTHY | ``
					""")
	void others(String apiVersion, String kind, String spec, String status, Health.State state, String message) {
		assertHealth(apiVersion, kind, spec, status, state, message);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', textBlock = """
			batch/v1 | Job | {startTime: now, active: 1}                                 | PROGRESSING
			batch/v1 | Job | {startTime: now, conditions: [{type: Complete, status: 'True'}]} | HEALTHY
			batch/v1 | Job | {conditions: [{type: Suspended, status: 'True'}]}            | PROGRESSING
			v1       | Pod | {phase: Running, conditions: [{type: Ready, status: 'True'}]} | PROGRESSING
			v1       | Pod | {phase: Succeeded}                                           | HEALTHY
			v1       | ConfigMap | {}                                                    | HEALTHY
			""")
	void whatIsRunToItsEndIsHealthyOnceItSucceeded(String apiVersion, String kind, String status, Health.State state) {
		assertThat(Health.ofRun(object(apiVersion, kind, "{}", status)).state()).isEqualTo(state);
	}

	@Test
	void whatIsBeingDeletedIsNotHealthy() {
		GenericKubernetesResource object = object("v1", "ConfigMap", "{}", "{}");
		object.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
		assertThat(Health.of(object)).isEqualTo(Health.progressing("is being deleted"));
	}

	private static void assertHealth(String apiVersion, String kind, String spec, String status, Health.State state,
			String message) {
		assertThat(Health.of(object(apiVersion, kind, spec, status))).isEqualTo(new Health(state, message));
	}

	private static GenericKubernetesResource object(String apiVersion, String kind, String spec, String status) {
		return Serialization.unmarshal("""
				apiVersion: %s
				kind: %s
				metadata: {name: it, generation: 2}
				spec: %s
				status: %s
				""".formatted(apiVersion, kind, spec, status), GenericKubernetesResource.class);
	}

}
