package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;

/**
 * A deploy stage: wave after wave, each cluster by a workflow of its own. When more
 * clusters failed than the budget allows, no further one starts; those under way end.
 */
final class DeployRun {

	private final Stage.Deploy stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final Rollbacks rollbacks;

	private final StageRun run;

	DeployRun(Stage.Deploy stage, StageStanding standing, ReleaseState state, Rollbacks rollbacks, StageRun run) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.rollbacks = rollbacks;
		this.run = run;
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
		List<List<Cluster>> waves = ClusterPlan.waves(this.stage, clusters);
		ClusterRollouts rollouts = new ClusterRollouts(this.stage, this.state, baked, waves, this.rollbacks);
		DeployProgress progress = rollouts.progress();
		this.rollbacks.mind(rollouts);
		rollouts.tellWhatIsToCome();
		try {
			roll(waves, progress, rollouts);
		}
		catch (CanceledFailure canceled) {
			String reason = Objects.requireNonNullElse(this.run.interruption(), "canceled");
			Workflow.newDetachedCancellationScope(() -> rollouts.stop(reason)).run();
			rollouts.tellUntouched(Status.CANCELED, reason);
			if (this.run.timedOut() && this.stage.options().onFailure().goesBack()) {
				rollouts.takeBackStopped();
			}
			this.rollbacks.await();
			return StageOutcome.canceled(progress.told());
		}
		if (progress.beyondBudget()) {
			rollouts.tellUntouched(Status.SKIPPED, progress.culprits() + " failed");
		}
		this.rollbacks.await();
		if (progress.beyondBudget() || (this.state.goesBack() && !progress.culprits().isEmpty())) {
			return StageOutcome.failed(progress.told());
		}
		return StageOutcome.succeeded(progress.told());
	}

	private StageOutcome withoutManifests(StageStanding bake) {
		return (bake.status() == Status.SKIPPED)
				? StageOutcome.skipped("stage '" + bake.id() + "' was skipped, so there is nothing to roll out")
				: StageOutcome.failed("stage '" + bake.id() + "' left no manifests to roll out");
	}

	private void roll(List<List<Cluster>> waves, DeployProgress progress, ClusterRollouts rollouts) {
		for (int wave = 0; wave < waves.size() && !progress.beyondBudget(); wave++) {
			if (wave > 0) {
				soak(wave);
			}
			rollWave(progress.title(wave), waves.get(wave), progress, rollouts);
		}
	}

	private void rollWave(String title, List<Cluster> wave, DeployProgress progress, ClusterRollouts rollouts) {
		Integer most = this.stage.maxParallel();
		int parallel = (most != null) ? most : wave.size();
		for (Cluster cluster : wave) {
			Workflow.await(() -> progress.beyondBudget() || progress.underWay() < parallel);
			awaitResume(title);
			if (progress.beyondBudget()) {
				break;
			}
			if (this.standing.status() != Status.RUNNING || !title.equals(this.standing.message())) {
				this.state.change(this.standing, Status.RUNNING, title, null);
			}
			rollouts.start(cluster);
		}
		Workflow.await(() -> progress.underWay() == 0);
	}

	private void awaitResume(String title) {
		Steering paused = this.state.paused();
		if (paused != null) {
			this.state.change(this.standing, Status.PAUSED,
					ReleaseState.because("paused", paused) + ". Not gone on with: " + title, null);
			Workflow.await(() -> this.state.paused() == null);
		}
	}

	private void soak(int wave) {
		if (this.stage.soak().isPositive()) {
			Instant until = Journal.now().plus(this.stage.soak());
			this.state.change(this.standing, Status.WAITING, "wave " + wave + " soaks " + Words.of(this.stage.soak())
					+ ", until " + Words.of(until) + ", before wave " + (wave + 1) + " starts", until);
			Workflow.sleep(this.stage.soak());
		}
	}

}
