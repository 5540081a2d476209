package io.gennaker.web.temporal;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.web.execution.ReleaseEngine;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.ReleaseRequest;
import io.gennaker.workflows.release.ReleaseWorkflow;
import io.gennaker.workflows.release.StageSteering;
import io.gennaker.workflows.release.Steering;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;

/**
 * Releases as workflows of Temporal.
 */
public final class TemporalReleaseEngine implements ReleaseEngine {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final TemporalConnection connection;

	public TemporalReleaseEngine(TemporalConnection connection) {
		this.connection = connection;
	}

	@Override
	public void start(ReleaseRequest request) {
		requireReady();
		WorkflowOptions options = WorkflowOptions.newBuilder()
			.setWorkflowId(TaskQueues.releaseWorkflowId(request.executionId()))
			.setTaskQueue(TaskQueues.CENTRAL)
			.setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
			.setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
				.set(SearchAttributes.PIPELINE, request.pipeline().name())
				.set(SearchAttributes.STATUS, Status.PENDING.name())
				.build())
			.build();
		ReleaseWorkflow workflow = this.connection.client().newWorkflowStub(ReleaseWorkflow.class, options);
		try {
			WorkflowClient.start(workflow::run, request);
		}
		catch (WorkflowExecutionAlreadyStarted ex) {
			// Written once, asked for twice: the first start is the one that counts.
		}
		catch (WorkflowException | StatusRuntimeException ex) {
			throw unavailable(ex);
		}
	}

	@Override
	public void decide(UUID executionId, DecisionNotice notice) {
		update(executionId, "decide", notice.decisionId(), notice);
	}

	@Override
	public void steer(UUID executionId, Steer steer, Steering steering) {
		String name = switch (steer) {
			case PAUSE -> "pause";
			case RESUME -> "resume";
			case CANCEL -> "cancel";
		};
		update(executionId, name, UUID.randomUUID().toString(), steering);
	}

	@Override
	public void steer(UUID executionId, ClusterSteer steer, ClusterSteering steering) {
		String name = switch (steer) {
			case RETRY -> "retryCluster";
			case SKIP -> "skipCluster";
		};
		update(executionId, name, UUID.randomUUID().toString(), steering);
	}

	@Override
	public void giveUp(UUID executionId, StageSteering steering) {
		update(executionId, "giveUp", UUID.randomUUID().toString(), steering);
	}

	@Override
	public RunState state(UUID executionId) {
		try {
			WorkflowExecutionStatus status = stub(executionId).describe().getStatus();
			return (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) ? RunState.RUNNING
					: RunState.ENDED;
		}
		catch (WorkflowNotFoundException ex) {
			return RunState.UNKNOWN;
		}
		catch (WorkflowException | StatusRuntimeException ex) {
			throw unavailable(ex);
		}
	}

	/**
	 * Sends an update and waits for its end. An update waits for a worker without limit
	 * of its own, hence the patience here.
	 */
	private void update(UUID executionId, String name, String updateId, Object argument) {
		CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
			UpdateOptions<Void> options = UpdateOptions.newBuilder(Void.class)
				.setUpdateName(name)
				.setUpdateId(updateId)
				.setWaitForStage(WorkflowUpdateStage.COMPLETED)
				.build();
			stub(executionId).startUpdate(options, argument).getResult();
		}, (task) -> Thread.ofVirtual().name("update-" + name).start(task));
		try {
			answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new EngineUnavailableException("no worker answered within " + PATIENCE.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EngineUnavailableException("interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw translate(Objects.requireNonNullElse(ex.getCause(), ex));
		}
	}

	private void requireReady() {
		TemporalConnection.State state = this.connection.state().reachable() ? this.connection.state()
				: this.connection.check();
		if (!state.reachable()) {
			throw new EngineUnavailableException(String.valueOf(state.problem()), null);
		}
	}

	private RuntimeException translate(Throwable cause) {
		return switch (cause) {
			case WorkflowUpdateException refused -> new EngineRefusedException(words(refused), refused);
			case WorkflowNotFoundException ended -> new EngineRefusedException("the execution has ended", ended);
			case RuntimeException other -> unavailable(other);
			default -> new IllegalStateException(cause);
		};
	}

	private static String words(WorkflowUpdateException refused) {
		Throwable cause = refused.getCause();
		return (cause instanceof ApplicationFailure failure) ? failure.getOriginalMessage()
				: String.valueOf((cause != null) ? cause.getMessage() : refused.getMessage());
	}

	private EngineUnavailableException unavailable(RuntimeException ex) {
		Throwable innermost = ex;
		while (innermost.getCause() != null) {
			innermost = innermost.getCause();
		}
		String message = (innermost instanceof StatusRuntimeException answer)
				? this.connection.words(answer.getStatus()) : String.valueOf(innermost.getMessage());
		return new EngineUnavailableException(message, ex);
	}

	private WorkflowStub stub(UUID executionId) {
		return this.connection.client().newUntypedWorkflowStub(TaskQueues.releaseWorkflowId(executionId.toString()));
	}

}
