package io.gennaker.web.execution;

import java.util.Locale;
import java.util.UUID;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.ReleaseEngine.ClusterSteer;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.StageSteering;

import org.springframework.stereotype.Component;

/**
 * Retries and skips single clusters of deploys under way, and gives up those that wait
 * for a person's word.
 */
@Component
public class RolloutSteering {

	private final ExecutionReads reads;

	private final ReleaseEngine engine;

	private final Audit audit;

	RolloutSteering(ExecutionReads reads, ReleaseEngine engine, Audit audit) {
		this.reads = reads;
		this.engine = engine;
		this.audit = audit;
	}

	/**
	 * Does it, or says why not. What was refused is in the audit, too.
	 * @param user who
	 * @param reason why; a retry needs none
	 * @throws NotFoundException if there is no such execution, or its stage has no such
	 * cluster
	 * @throws InvalidParameterException if a skip has no reason
	 * @throws ConflictException if there is nothing to retry or skip
	 * @throws ReleaseEngine.EngineRefusedException if the release does not take it now
	 * @throws ReleaseEngine.EngineUnavailableException if Temporal does not answer
	 */
	public void steer(UUID id, String stage, String cluster, ClusterSteer steer, String user, String reason) {
		ExecutionDetail execution = execution(id);
		ClusterRollout rollout = execution.clustersOf(stage)
			.stream()
			.filter((candidate) -> candidate.cluster().equals(cluster))
			.findFirst()
			.orElseThrow(() -> new NotFoundException(
					"Stage '" + stage + "' of execution " + id + " has no cluster '" + cluster + "'."));
		if (steer == ClusterSteer.SKIP && reason.isBlank()) {
			throw new InvalidParameterException("reason", "says why the cluster is left out; it must not be empty");
		}
		audited("rollout." + steer.name().toLowerCase(Locale.ROOT), id, stage + "/" + cluster, user, reason, () -> {
			checkUnderWay(execution, stage);
			checkStuck(rollout, steer);
			this.engine.steer(id, steer, new ClusterSteering(stage, cluster, user, reason));
		});
	}

	/**
	 * Lets a deploy fail that waits for a person's word.
	 * @throws NotFoundException if there is no such execution or stage
	 * @throws ConflictException if the stage has ended
	 * @throws ReleaseEngine.EngineRefusedException if the release does not take it now
	 * @throws ReleaseEngine.EngineUnavailableException if Temporal does not answer
	 */
	public void giveUp(UUID id, String stage, String user, String reason) {
		ExecutionDetail execution = execution(id);
		stage(execution, stage);
		audited("rollout.give-up", id, stage, user, reason, () -> {
			checkUnderWay(execution, stage);
			this.engine.giveUp(id, new StageSteering(stage, user, reason));
		});
	}

	private ExecutionDetail execution(UUID id) {
		return this.reads.find(id).orElseThrow(() -> new NotFoundException("There is no execution " + id + "."));
	}

	private static StageDetail stage(ExecutionDetail execution, String stage) {
		return execution.stages()
			.stream()
			.filter((candidate) -> candidate.id().equals(stage))
			.findFirst()
			.orElseThrow(() -> new NotFoundException("Execution " + execution.id() + " has no stage '" + stage + "'."));
	}

	private static void checkUnderWay(ExecutionDetail execution, String stage) {
		Status status = stage(execution, stage).status();
		if (status.ended() || execution.status().ended()) {
			throw new ConflictException("Stage '" + stage + "' has ended already: " + status + ".");
		}
		if (!execution.launched()) {
			throw new ConflictException("The execution has not begun yet.");
		}
	}

	/** Only the journal knows that a cluster under way does not answer. */
	private static void checkStuck(ClusterRollout rollout, ClusterSteer steer) {
		if (rollout.status() == Status.RUNNING && rollout.away() == null) {
			throw new ConflictException("Cluster '" + rollout.cluster() + "' is under way and answers; there is "
					+ ((steer == ClusterSteer.RETRY) ? "nothing to retry" : "no reason to skip it")
					+ ". Cancel the execution to stop it.");
		}
	}

	private void audited(String action, UUID id, String place, String user, String reason, Runnable work) {
		try {
			work.run();
		}
		catch (ProblemException ex) {
			this.audit.record(user, action, "execution:" + id, "refused", place + ": " + ex.getMessage());
			throw ex;
		}
		this.audit.record(user, action, "execution:" + id, "done", reason.isBlank() ? place : place + ": " + reason);
	}

}
