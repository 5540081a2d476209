package io.gennaker.workflows.release;

import java.time.Duration;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.temporal.PayloadConverters;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.TaskQueues;
import io.gennaker.workflows.worker.WorkflowTypes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;

/**
 * Releases on an in-memory Temporal that skips time while a test waits for a result.
 */
final class ReleaseBench implements AutoCloseable {

	final RecordedJournal journal = new RecordedJournal();

	final FakeCentral central = new FakeCentral();

	final FakeLocks locks = new FakeLocks();

	final FakeClusters clusters = new FakeClusters();

	final FakeServices services = new FakeServices();

	final FakeOperations operations = new FakeOperations();

	final TestWorkflowEnvironment environment = environment();

	ReleaseWorkflow release;

	ReleaseBench() {
		Worker worker = this.environment.newWorker(TaskQueues.CENTRAL, options());
		worker.registerWorkflowImplementationTypes(WorkflowTypes.CENTRAL.toArray(Class<?>[]::new));
		worker.registerActivitiesImplementations(this.central, this.journal, this.locks, this.services);
		for (Cluster cluster : Stages.INVENTORY) {
			Worker local = this.environment.newWorker(TaskQueues.cluster(cluster.name()), options());
			local.registerWorkflowImplementationTypes(WorkflowTypes.CLUSTER.toArray(Class<?>[]::new));
			local.registerActivitiesImplementations(this.clusters, this.operations);
		}
		this.environment.start();
	}

	static TestWorkflowEnvironment environment() {
		TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
			.setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
				.setDataConverter(PayloadConverters.dataConverter())
				.setIdentity("test")
				.build());
		SearchAttributes.ALL.forEach(
				(key) -> options.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
		return TestWorkflowEnvironment.newInstance(options.build());
	}

	/**
	 * Cancellation reaches an activity with its heartbeats, so these are sent at once.
	 */
	private static WorkerOptions options() {
		return WorkerOptions.newBuilder()
			.setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
			.setDefaultDeadlockDetectionTimeout(10_000)
			.build();
	}

	ReleaseBench start(Stage... stages) {
		return start(Stages.request(Stages.pipeline(stages)));
	}

	ReleaseBench start(Pipeline pipeline) {
		return start(Stages.request(pipeline));
	}

	ReleaseBench start(ReleaseRequest request) {
		WorkflowOptions options = WorkflowOptions.newBuilder()
			.setTaskQueue(TaskQueues.CENTRAL)
			.setWorkflowId(TaskQueues.releaseWorkflowId(request.executionId()))
			.build();
		this.release = this.environment.getWorkflowClient().newWorkflowStub(ReleaseWorkflow.class, options);
		WorkflowClient.start(this.release::run, request);
		return this;
	}

	/**
	 * Skips time until the release ends.
	 */
	ReleaseResult result() {
		return WorkflowStub.fromTyped(this.release).getResult(ReleaseResult.class);
	}

	ReleaseResult run(Stage... stages) {
		return start(stages).result();
	}

	void decide(String stage, GateVerdict verdict) {
		String decision = "decision-" + this.central.verdicts.size();
		this.central.verdicts.put(decision, verdict);
		this.release.decide(new DecisionNotice(stage, decision));
	}

	@Override
	public void close() {
		this.environment.close();
	}

}
