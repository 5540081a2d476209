package io.gennaker.workflows.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterOrder;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A deploy stage: each cluster, by a workflow of its own, once all that it waits for is
 * done and has soaked. When more clusters failed than the budget allows, no further one
 * starts and those under way end; the stage then fails, or asks people.
 */
final class DeployRun {

	private final Stage.Deploy stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final Rollbacks rollbacks;

	private final StageRun run;

	private final @Nullable Instant deadline;

	private @Nullable ClusterRollouts rollouts;

	private @Nullable StageSteering givenUp;

	private boolean closed;

	DeployRun(Stage.Deploy stage, StageStanding standing, ReleaseState state, Rollbacks rollbacks, StageRun run) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.rollbacks = rollbacks;
		this.run = run;
		Duration timeout = stage.options().timeout();
		this.deadline = (timeout != null) ? Journal.now().plus(timeout) : null;
	}

	StageOutcome run() {
		List<Cluster> clusters = this.state.clusters(this.stage);
		if (clusters.isEmpty()) {
			return StageOutcome.skipped("the execution goes to no cluster of target '" + this.stage.target() + "'");
		}
		BakeResult baked = this.state.manifests(this.stage);
		if (baked == null) {
			return withoutManifests(this.state.stage(this.state.graph().bakeOf(this.stage).id()));
		}
		ClusterRollouts begun = new ClusterRollouts(this.stage, this.state, baked,
				ClusterOrder.of(this.stage, clusters), this.rollbacks);
		this.rollouts = begun;
		this.rollbacks.mind(begun);
		begun.tellWhatIsToCome();
		try {
			roll(begun);
		}
		catch (CanceledFailure canceled) {
			return interrupted(begun);
		}
		finally {
			this.closed = true;
		}
		return ended(begun);
	}

	private StageOutcome withoutManifests(StageStanding bake) {
		return (bake.status() == Status.SKIPPED)
				? StageOutcome.skipped("stage '" + bake.id() + "' was skipped, so there is nothing to roll out")
				: StageOutcome.failed("stage '" + bake.id() + "' left no manifests to roll out");
	}

	private StageOutcome interrupted(ClusterRollouts begun) {
		String reason = Objects.requireNonNullElse(this.run.interruption(), "canceled");
		this.closed = true;
		Workflow.newDetachedCancellationScope(() -> begun.stop(reason)).run();
		begun.tellUntouched(Status.CANCELED, reason);
		if (this.run.timedOut() && this.stage.options().onFailure().goesBack()) {
			begun.takeBackStopped();
		}
		this.rollbacks.await();
		return StageOutcome.canceled(begun.words().told());
	}

	private StageOutcome ended(ClusterRollouts begun) {
		boolean stopped = begun.progress().beyondBudget();
		if (stopped) {
			begun.tellUntouched(Status.SKIPPED, begun.words().culprits() + " failed");
		}
		this.rollbacks.await();
		boolean incomplete = this.state.goesBack() && !begun.progress().broken().isEmpty();
		if (!stopped && !incomplete) {
			return StageOutcome.succeeded(begun.words().told());
		}
		StageSteering end = this.givenUp;
		String told = begun.words().told();
		return StageOutcome.failed((end != null) ? because("given up", end.user(), end.reason()) + ". " + told : told);
	}

	private void roll(ClusterRollouts begun) {
		DeployProgress progress = begun.progress();
		while (!isOver(progress)) {
			Cluster next = next(begun);
			if (next == null) {
				tellWait(begun);
				awaitChange(progress);
			}
			else if (this.state.paused() != null) {
				awaitResume(begun.words().title(next), progress);
			}
			else {
				tell(Status.RUNNING, begun.words().title(next), null);
				begun.start(next);
			}
		}
	}

	private boolean isOver(DeployProgress progress) {
		if (progress.underWay() > 0 || !progress.again().isEmpty()) {
			return false;
		}
		if (progress.beyondBudget()) {
			return !asks() || this.givenUp != null;
		}
		return progress.untouched().isEmpty();
	}

	private boolean asks() {
		return this.stage.pacing().whenExceeded() == WhenExceeded.ASK;
	}

	/**
	 * The cluster that starts now. What a person wants tried again comes first, whatever
	 * the budget says, once it is back where it was.
	 */
	private @Nullable Cluster next(ClusterRollouts begun) {
		DeployProgress progress = begun.progress();
		Integer most = this.stage.maxParallel();
		if (most != null && progress.underWay() >= most) {
			return null;
		}
		for (String cluster : progress.again()) {
			if (!begun.isGoingBack(cluster)) {
				return begun.cluster(cluster);
			}
		}
		return progress.beyondBudget() ? null : progress.ready(Journal.now());
	}

	private void tellWait(ClusterRollouts begun) {
		DeployProgress progress = begun.progress();
		if (progress.beyondBudget()) {
			if (asks() && this.givenUp == null && !progress.broken().isEmpty()) {
				tell(Status.WAITING, begun.words().asks(this.deadline), this.deadline);
			}
			return;
		}
		DeployProgress.Soak soak = progress.soak();
		if (soak != null && progress.underWay() == 0) {
			tell(Status.WAITING, begun.words().soaks(soak), soak.until());
		}
	}

	private void tell(Status status, String message, @Nullable Instant until) {
		if (this.standing.status() != status || !message.equals(this.standing.message())) {
			this.state.change(this.standing, status, message, until);
		}
	}

	private static void awaitChange(DeployProgress progress) {
		int seen = progress.changes();
		DeployProgress.Soak soak = progress.beyondBudget() ? null : progress.soak();
		if (soak == null) {
			Workflow.await(() -> progress.changes() != seen);
			return;
		}
		Duration left = Duration.between(Journal.now(), soak.until());
		if (!left.isPositive() || !Workflow.await(left, () -> progress.changes() != seen)) {
			progress.soaked(soak.until());
		}
	}

	private void awaitResume(String title, DeployProgress progress) {
		Steering paused = Objects.requireNonNull(this.state.paused());
		if (this.standing.status() != Status.PAUSED) {
			this.state.change(this.standing, Status.PAUSED,
					ReleaseState.because("paused", paused) + ". Not gone on with: " + title, null);
		}
		int seen = progress.changes();
		Workflow.await(() -> this.state.paused() == null || progress.changes() != seen);
	}

	/**
	 * Changes nothing.
	 * @throws IllegalStateException if there is nothing to try again
	 */
	void checkRetry(String cluster) {
		ClusterRollouts begun = open(cluster);
		switch (begun.progress().status(cluster)) {
			case RUNNING -> {
				if (begun.isBeingSkipped(cluster)) {
					throw new IllegalStateException(cluster + " is being skipped");
				}
			}
			case FAILED, CANCELED -> {
				if (begun.progress().again().contains(cluster) && !begun.isGoingBack(cluster)) {
					throw new IllegalStateException(cluster + " is about to be tried again already");
				}
				if (this.givenUp != null) {
					throw new IllegalStateException("stage '" + this.stage.id() + "' was given up");
				}
			}
			case PENDING, WAITING, PAUSED -> throw new IllegalStateException(cluster + " has not started yet");
			case SUCCEEDED -> throw new IllegalStateException(cluster + " went well; there is nothing to retry");
			case SKIPPED -> throw new IllegalStateException(cluster + " was skipped");
		}
	}

	void retry(ClusterSteering steering) {
		ClusterRollouts begun = Objects.requireNonNull(this.rollouts);
		if (begun.isUnderWay(steering.cluster()) || begun.progress().again().contains(steering.cluster())) {
			begun.tryNow(steering.cluster());
		}
		else {
			begun.tryAgain(steering.cluster(), because("asked for", steering.user(), steering.reason()));
		}
	}

	/**
	 * Changes nothing.
	 * @throws IllegalStateException if the cluster cannot be skipped now
	 */
	void checkSkip(String cluster) {
		ClusterRollouts begun = open(cluster);
		if (begun.isGoingBack(cluster)) {
			throw new IllegalStateException(
					cluster + " is going back to what ran there before; skip it once it is there");
		}
		switch (begun.progress().status(cluster)) {
			case PENDING, WAITING, PAUSED, FAILED, CANCELED -> {
			}
			case RUNNING -> {
				if (begun.isBeingSkipped(cluster)) {
					throw new IllegalStateException(cluster + " is being skipped already");
				}
			}
			case SUCCEEDED -> throw new IllegalStateException(cluster + " went well; there is nothing to skip");
			case SKIPPED -> throw new IllegalStateException(cluster + " was skipped already");
		}
	}

	void skip(ClusterSteering steering) {
		Objects.requireNonNull(this.rollouts)
			.skip(steering.cluster(), because("skipped", steering.user(), steering.reason()));
	}

	/**
	 * Changes nothing.
	 * @throws IllegalStateException if the stage does not wait for a person's word
	 */
	void checkGiveUp() {
		ClusterRollouts begun = this.rollouts;
		if (begun == null || this.closed || !asks() || this.givenUp != null || !begun.progress().beyondBudget()) {
			throw new IllegalStateException("stage '" + this.stage.id() + "' does not wait for anybody to give up");
		}
	}

	void giveUp(StageSteering steering) {
		this.givenUp = steering;
		Objects.requireNonNull(this.rollouts).progress().changed();
	}

	private ClusterRollouts open(String cluster) {
		ClusterRollouts begun = this.rollouts;
		if (begun == null || this.closed) {
			throw new IllegalStateException("stage '" + this.stage.id() + "' is not rolling out");
		}
		if (!begun.progress().knows(cluster)) {
			throw new IllegalStateException(
					"stage '" + this.stage.id() + "' does not go to a cluster '" + cluster + "' in this execution");
		}
		return begun;
	}

	private static String because(String what, String user, String reason) {
		return ReleaseState.because(what, new Steering(user, reason));
	}

}
