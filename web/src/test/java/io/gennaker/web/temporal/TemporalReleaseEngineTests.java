package io.gennaker.web.temporal;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.execution.ReleaseEngine.EngineRefusedException;
import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.web.execution.ReleaseEngine.RunState;
import io.gennaker.web.execution.ReleaseEngine.Steer;
import io.gennaker.web.temporal.TemporalEndpoint.KeptBy;
import io.gennaker.web.temporal.TemporalWorkers.WorkerQueue;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.ReleaseRequest;
import io.gennaker.workflows.release.ReleaseResult;
import io.gennaker.workflows.release.ReleaseSnapshot;
import io.gennaker.workflows.release.ReleaseWorkflow;
import io.gennaker.workflows.release.StageSteering;
import io.gennaker.workflows.release.Steering;
import io.gennaker.workflows.temporal.TaskQueues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testserver.TestServer;
import io.temporal.workflow.Workflow;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TemporalReleaseEngineTests {

	private TestServer.PortBoundTestServer server;

	private TemporalConnection connection;

	private TemporalWorkers workers;

	private TemporalReleaseEngine engine;

	@BeforeEach
	void startServer() {
		int port = freePort();
		this.server = TestServer.createPortBoundServer(port, true);
		this.connection = connection(port);
		this.engine = new TemporalReleaseEngine(this.connection);
		this.workers = new TemporalWorkers(this.connection,
				List.of(new WorkerQueue(TaskQueues.CENTRAL, List.of(CancelableRelease.class), List.of(), 1)));
	}

	@AfterEach
	void stopServer() {
		this.workers.stop();
		this.connection.close();
		this.server.close();
	}

	@Test
	void aReleaseThatWasNeverStartedIsUnknown() {
		assertThat(this.engine.state(UUID.randomUUID())).isEqualTo(RunState.UNKNOWN);
	}

	@Test
	void startingTwiceStartsOnce() {
		UUID id = UUID.randomUUID();
		this.engine.start(release(id));
		assertThatNoException().isThrownBy(() -> this.engine.start(release(id)));
		assertThat(this.engine.state(id)).isEqualTo(RunState.RUNNING);
	}

	@Test
	void workersStartOnceTemporalAnswersAndACanceledReleaseEnds() {
		UUID id = UUID.randomUUID();
		this.workers.start();
		this.engine.start(release(id));
		this.engine.steer(id, Steer.CANCEL, new Steering("kim", ""));
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.engine.state(id) == RunState.ENDED);
	}

	@Test
	void whatAReleaseRefusesComesBackInItsWords() {
		UUID id = UUID.randomUUID();
		this.workers.start();
		this.engine.start(release(id));
		assertThatExceptionOfType(EngineRefusedException.class)
			.isThrownBy(() -> this.engine.decide(id, new DecisionNotice("no-gate", "1")))
			.withMessageContaining("there is no gate here");
	}

	@Test
	void anEndedReleaseRefusesToBeSteered() {
		UUID id = UUID.randomUUID();
		assertThatExceptionOfType(EngineRefusedException.class)
			.isThrownBy(() -> this.engine.steer(id, Steer.PAUSE, new Steering("kim", "")));
	}

	@Test
	void withoutTemporalItSaysWhatItWaitsFor() {
		int nobody = freePort();
		try (TemporalConnection away = connection(nobody)) {
			assertThat(away.check().problem()).isEqualTo("Temporal does not answer at 127.0.0.1:" + nobody);
			assertThatExceptionOfType(EngineUnavailableException.class)
				.isThrownBy(() -> new TemporalReleaseEngine(away).start(release(UUID.randomUUID())));
		}
	}

	private static TemporalConnection connection(int port) {
		return new TemporalConnection(new TemporalEndpoint("127.0.0.1:" + port, "default", KeptBy.PROCESS, false),
				Clock.systemUTC());
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ReleaseRequest release(UUID id) {
		Stage wait = new Stage.Wait("wait", Stage.Options.NONE, Duration.ofHours(1));
		Pipeline pipeline = new Pipeline("shop", "", Map.of(), Map.of(), Map.of(), Map.of(), Concurrency.DEFAULT,
				Map.of("wait", wait));
		return new ReleaseRequest(id.toString(), 1, "revision", pipeline, List.of(), Map.of(), Map.of(),
				new ReleaseRequest.Trigger("manual", "kim", List.of(), Map.of()));
	}

	/**
	 * Runs until it is canceled.
	 */
	public static class CancelableRelease implements ReleaseWorkflow {

		private boolean canceled;

		@Override
		public ReleaseResult run(ReleaseRequest request) {
			Workflow.await(() -> this.canceled);
			return new ReleaseResult(Status.CANCELED, null);
		}

		@Override
		public void decide(DecisionNotice notice) {
		}

		@Override
		public void validateDecide(DecisionNotice notice) {
			throw ApplicationFailure.newNonRetryableFailure("there is no gate here", "no-gate");
		}

		@Override
		public void pause(Steering steering) {
		}

		@Override
		public void validatePause(Steering steering) {
		}

		@Override
		public void resume(Steering steering) {
		}

		@Override
		public void validateResume(Steering steering) {
		}

		@Override
		public void cancel(Steering steering) {
			this.canceled = true;
		}

		@Override
		public void validateCancel(Steering steering) {
		}

		@Override
		public void retryCluster(ClusterSteering steering) {
		}

		@Override
		public void validateRetryCluster(ClusterSteering steering) {
		}

		@Override
		public void skipCluster(ClusterSteering steering) {
		}

		@Override
		public void validateSkipCluster(ClusterSteering steering) {
		}

		@Override
		public void giveUp(StageSteering steering) {
		}

		@Override
		public void validateGiveUp(StageSteering steering) {
		}

		@Override
		public ReleaseSnapshot snapshot() {
			return new ReleaseSnapshot(Status.RUNNING, null, List.of());
		}

	}

}
