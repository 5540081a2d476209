package io.gennaker.web.execution;

import java.util.UUID;

import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemException;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.ReleaseRequest;
import io.gennaker.workflows.release.StageSteering;
import io.gennaker.workflows.release.Steering;
import org.jspecify.annotations.Nullable;

/**
 * What runs releases: Temporal, seen from the service.
 */
public interface ReleaseEngine {

	/**
	 * Starts a release's workflow; one that was started already is left alone.
	 * @throws EngineUnavailableException if Temporal does not answer
	 */
	void start(ReleaseRequest request);

	/**
	 * Tells a release about a decision. Returns once it was weighed.
	 * @throws EngineUnavailableException if Temporal does not answer
	 * @throws EngineRefusedException if the release does not take it now
	 */
	void decide(UUID executionId, DecisionNotice notice);

	/**
	 * Pauses, resumes or cancels.
	 * @throws EngineUnavailableException if Temporal does not answer
	 * @throws EngineRefusedException if the release does not take it now
	 */
	void steer(UUID executionId, Steer steer, Steering steering);

	/**
	 * Retries or skips one cluster of a deploy.
	 * @throws EngineUnavailableException if Temporal does not answer
	 * @throws EngineRefusedException if the release does not take it now
	 */
	void steer(UUID executionId, ClusterSteer steer, ClusterSteering steering);

	/**
	 * Lets a deploy fail that waits for a person's word.
	 * @throws EngineUnavailableException if Temporal does not answer
	 * @throws EngineRefusedException if the release does not take it now
	 */
	void giveUp(UUID executionId, StageSteering steering);

	/**
	 * What Temporal knows of a release.
	 * @throws EngineUnavailableException if Temporal does not answer
	 */
	RunState state(UUID executionId);

	/**
	 * What a person may do to a running release.
	 */
	enum Steer {

		PAUSE, RESUME, CANCEL

	}

	/**
	 * What a person may do to one cluster of a running deploy.
	 */
	enum ClusterSteer {

		RETRY, SKIP

	}

	/**
	 * What Temporal knows of a release.
	 */
	enum RunState {

		/** It is open. */
		RUNNING,
		/** It has ended, in whatever way. */
		ENDED,
		/** Temporal has never heard of it, or has forgotten it. */
		UNKNOWN

	}

	/**
	 * Temporal does not answer; nothing is known to have happened.
	 */
	class EngineUnavailableException extends ProblemException {

		private static final long serialVersionUID = 1L;

		public EngineUnavailableException(String message, @Nullable Throwable cause) {
			super(Problem.ENGINE_UNAVAILABLE, message, cause);
		}

	}

	/**
	 * The release does not take what was asked, in its words.
	 */
	class EngineRefusedException extends ProblemException {

		private static final long serialVersionUID = 1L;

		public EngineRefusedException(String message, Throwable cause) {
			super(Problem.ENGINE_REFUSED, message, cause);
		}

	}

}
