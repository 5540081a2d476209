package io.gennaker.workflows.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.gate.GateVerdict.Outcome;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.TaskQueues;
import io.gennaker.workflows.worker.WorkflowTypes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Replays histories of real runs, which lie in {@code src/test/resources/histories}. A
 * failure here means that executions under way would get stuck with the changed code:
 * keep the old path behind {@code Workflow.getVersion}. Only when no execution can be
 * under way any more are the histories recorded anew: <pre>
 * mvn -pl workflows -am test -Dtest=ReplayTests -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dgennaker.histories.record=true
 * </pre>
 */
class ReplayTests {

	private static final Path HISTORIES = Path.of("src/test/resources/histories");

	@ParameterizedTest
	@ValueSource(strings = { "gate-release", "gate-rollout-beijing", "failure-release", "failure-rollout-guangdong-1",
			"cancel-release", "cancel-rollout-guangdong-1", "prune-release", "prune-rollout-guangdong-1",
			"retry-release", "retry-rollout-guangdong-1", "back-release", "back-rollout-shanghai-1",
			"operation-release" })
	void aRecordedHistoryReplays(String name) throws Exception {
		replay(Files.readString(HISTORIES.resolve(name + ".json")));
	}

	@Test
	void aHistoryThatTheCodeWouldNotMakeFails() throws Exception {
		String history = Files.readString(HISTORIES.resolve("gate-release.json"));
		assertThatException().isThrownBy(() -> replay(history.replace("GateOpen", "GateUnbar")));
	}

	private static void replay(String history) throws Exception {
		try (TestWorkflowEnvironment environment = ReleaseBench.environment()) {
			Worker worker = environment.newWorker(TaskQueues.CENTRAL);
			worker.registerWorkflowImplementationTypes(WorkflowTypes.CENTRAL.toArray(Class<?>[]::new));
			worker.registerWorkflowImplementationTypes(WorkflowTypes.CLUSTER.toArray(Class<?>[]::new));
			WorkflowReplayer.replayWorkflowExecution(history(history), worker);
		}
	}

	private static WorkflowExecutionHistory history(String json) {
		return WorkflowExecutionHistory.fromJson(json);
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordAReleaseThroughAGate() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.start(Stages.bake(), Stages.beijing(Stages.needs("bake")),
					Stages.gate("go", 2, Stages.within(Duration.ofHours(24), "beijing")),
					Stages.pause("cool-down", Stages.when("true", "go")), southWithSoak("cool-down"));
			bench.journal.awaitStage("go", Status.WAITING);
			bench.decide("go", new GateVerdict(Outcome.MORE_NEEDED, "kim", "", 1));
			bench.release.pause(new Steering("lin", ""));
			bench.release.resume(new Steering("lin", ""));
			bench.decide("go", new GateVerdict(Outcome.APPROVED, "noor", "", 0));
			assertThat(bench.result().status()).isEqualTo(Status.SUCCEEDED);
			record(bench, "gate", "beijing", "beijing");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordAFailureInAWave() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.clusters.sicken("guangdong-1", "api", "pod api-1: ImagePullBackOff: not found");
			bench.start(Stages.bake(), Stages.pause("aside", Stage.Options.NONE), southWithSoak("bake"));
			assertThat(bench.result().status()).isEqualTo(Status.FAILED);
			record(bench, "failure", "south", "guangdong-1");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordACancellation() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.clusters.hold("guangdong-1", "api");
			bench.start(Stages.bake(), southWithSoak("bake"));
			bench.journal.awaitCluster("south", "guangdong-1",
					(entry) -> "api".equals(entry.group()) && String.valueOf(entry.message()).startsWith("waits for"));
			bench.release.cancel(new Steering("kim", "wrong tag"));
			assertThat(bench.result().status()).isEqualTo(Status.CANCELED);
			record(bench, "cancel", "south", "guangdong-1");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordAPruning() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.clusters.leave("guangdong-1", "ConfigMap", "old");
			bench.start(Stages.bake(), southWithSoak("bake"));
			assertThat(bench.result().status()).isEqualTo(Status.SUCCEEDED);
			record(bench, "prune", "south", "guangdong-1");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordARetryBeyondTheBudget() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.clusters.sicken("guangdong-1", "api", "pod api-1: ImagePullBackOff: not found");
			bench.start(Stages.bake(), Stages.south(Stages.needs("bake"), 1, 0, Duration.ofMinutes(5),
					new Pacing(null, Map.of("guangdong-2", List.of("guangdong-1")), null, null, WhenExceeded.ASK)));
			bench.journal.awaitStage("south", Status.WAITING);
			bench.release.skipCluster(new ClusterSteering("south", "shanghai-1", "kim", "flooded"));
			bench.clusters.heal("guangdong-1");
			bench.release.retryCluster(new ClusterSteering("south", "guangdong-1", "kim", "quota raised"));
			assertThat(bench.result().status()).isEqualTo(Status.SUCCEEDED);
			record(bench, "retry", "south", "guangdong-1");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordARollbackThatWaitsForAPlace() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.locks.occupy("shanghai-1", "classroom #12 (deploy south)");
			bench.start(ReleaseKindTests.rollback());
			bench.journal.awaitCluster("south", "shanghai-1", (entry) -> entry.status() == Status.WAITING);
			bench.locks.free("shanghai-1");
			assertThat(bench.result().status()).isEqualTo(Status.SUCCEEDED);
			record(bench, "back", "south", "shanghai-1");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "gennaker.histories.record", matches = "true")
	void recordAnOperationThatFailsInACluster() throws IOException {
		try (ReleaseBench bench = new ReleaseBench()) {
			bench.operations.refuse("guangdong-2", "There is no Deployment api in namespace classroom");
			bench.start(Stages.restart("south", 1, Stages.within(Duration.ofMinutes(30))));
			assertThat(bench.result().status()).isEqualTo(Status.FAILED);
			write(bench, TaskQueues.releaseWorkflowId("0199-test"), "operation-release");
		}
	}

	private static Stage southWithSoak(String need) {
		return Stages.south(Stages.needs(need), List.of(List.of("guangdong-1"), List.of("guangdong-2", "shanghai-1")),
				1, 0, Duration.ofMinutes(5));
	}

	private static void record(ReleaseBench bench, String name, String stage, String cluster) throws IOException {
		Files.createDirectories(HISTORIES);
		write(bench, TaskQueues.releaseWorkflowId("0199-test"), name + "-release");
		write(bench, TaskQueues.rolloutWorkflowId("0199-test", stage, cluster), name + "-rollout-" + cluster);
	}

	private static void write(ReleaseBench bench, String workflow, String name) throws IOException {
		Files.writeString(HISTORIES.resolve(name + ".json"),
				bench.environment.getWorkflowClient().fetchHistory(workflow).toJson(true) + "\n");
	}

}
