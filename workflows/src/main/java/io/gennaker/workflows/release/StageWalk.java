package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Starts each stage when what it needs has ended well, and does what the failure of one
 * means for the others.
 */
final class StageWalk {

	private final ReleaseState state;

	private final CentralActivities activities;

	private final Rollbacks rollbacks;

	private final Map<String, StageRun> runs = new LinkedHashMap<>();

	StageWalk(ReleaseState state, CentralActivities activities) {
		this.state = state;
		this.activities = activities;
		this.rollbacks = new Rollbacks(state, activities);
	}

	/**
	 * Returns when every stage has ended.
	 */
	void walk() {
		tellWhatWaits();
		while (!this.state.stages().stream().allMatch((standing) -> standing.status().ended())) {
			step();
			Workflow.await(this::moves);
			this.runs.values().forEach(StageRun::rethrowDefect);
		}
		this.state.stages()
			.stream()
			.filter(StageWalk::takesAllBack)
			.findFirst()
			.ifPresent((standing) -> this.rollbacks.all("'" + standing.id() + "' failed"));
	}

	private static boolean takesAllBack(StageStanding standing) {
		return standing.status() == Status.FAILED && standing.stage().options().onFailure() == OnFailure.ROLLBACK_ALL;
	}

	private void tellWhatWaits() {
		for (StageStanding standing : this.state.stages()) {
			List<String> needs = standing.stage().options().needs();
			if (!needs.isEmpty() && notStarted(standing)) {
				this.state.change(standing, Status.PENDING, "waits for " + Words.of(needs), null);
			}
		}
	}

	private void step() {
		for (StageStanding standing : this.state.stages()) {
			String culprit = culprit(standing);
			if (culprit != null) {
				this.state.bar(standing,
						StageOutcome.skipped("not started, because '" + culprit + "' did not succeed"));
			}
			else if (ready(standing)) {
				start(standing);
			}
		}
	}

	private void start(StageStanding standing) {
		StageRun run = new StageRun(standing, this.state, this.activities, this.rollbacks, this::ended);
		this.runs.put(standing.id(), run);
		run.start();
	}

	/**
	 * Whether {@link #step()} has something to do, or a run met a defect. Changes
	 * nothing.
	 */
	private boolean moves() {
		boolean waits = false;
		for (StageStanding standing : this.state.stages()) {
			waits = waits || !standing.status().ended();
			if (culprit(standing) != null || ready(standing)) {
				return true;
			}
		}
		return !waits || this.runs.values().stream().anyMatch(StageRun::hasDefect);
	}

	private boolean ready(StageStanding standing) {
		return this.state.paused() == null && notStarted(standing)
				&& needs(standing).stream().allMatch(StageStanding::letsOthersGoOn);
	}

	private @Nullable String culprit(StageStanding standing) {
		if (!notStarted(standing)) {
			return null;
		}
		return needs(standing).stream()
			.filter(StageStanding::barsOthers)
			.map(StageStanding::id)
			.findFirst()
			.orElse(null);
	}

	private boolean notStarted(StageStanding standing) {
		return standing.status() == Status.PENDING && !this.runs.containsKey(standing.id());
	}

	private List<StageStanding> needs(StageStanding standing) {
		List<StageStanding> needs = new ArrayList<>();
		standing.stage().options().needs().forEach((need) -> needs.add(this.state.stage(need)));
		return needs;
	}

	/**
	 * What the end of a stage means for the others.
	 */
	private void ended(StageStanding standing) {
		if (standing.status() != Status.FAILED) {
			return;
		}
		String cause = Words.because(standing.id(), standing.message());
		String culprit = "'" + standing.id() + "' failed";
		switch (standing.stage().options().onFailure()) {
			case FAIL, ROLLBACK, ROLLBACK_ALL -> {
				this.state.fail(cause);
				stop(Status.SKIPPED, "not started, because " + culprit);
				interrupt("canceled, because " + culprit);
			}
			case FINISH_OTHERS -> {
				this.state.fail(cause);
				stop(Status.SKIPPED, "not started, because " + culprit);
			}
			case STOP_BRANCH -> this.state.fail(cause);
			case CONTINUE -> {
				if (this.state.goesBack()) {
					this.state.fail(cause);
				}
			}
		}
	}

	/**
	 * Lets no more stage start.
	 */
	void stop(Status status, String message) {
		for (StageStanding standing : this.state.stages()) {
			if (notStarted(standing)) {
				this.state.bar(standing, new StageOutcome(status, message, Map.of()));
			}
		}
	}

	/**
	 * Cancels what is under way.
	 */
	void interrupt(String reason) {
		this.runs.values().forEach((run) -> run.interrupt(reason));
	}

	/**
	 * The deploy of a stage.
	 * @throws IllegalStateException if the stage is not a deploy, or not under way
	 */
	DeployRun deploy(String stageId) {
		StageStanding standing = this.state.stage(stageId);
		if (!(standing.stage() instanceof Stage.Deploy)) {
			throw new IllegalStateException("stage '" + stageId + "' is not a deploy");
		}
		StageRun run = this.runs.get(stageId);
		DeployRun deploy = (run != null) ? run.deploy() : null;
		if (deploy == null || standing.status().ended()) {
			throw new IllegalStateException("stage '" + stageId + "' is not under way: it is " + standing.status());
		}
		return deploy;
	}

	/**
	 * The gate of a stage.
	 * @throws IllegalStateException if the stage is not a gate, or has not started
	 */
	ApprovalRun gate(String stageId) {
		StageStanding standing = this.state.stage(stageId);
		if (!(standing.stage() instanceof Stage.Approval)) {
			throw new IllegalStateException("stage '" + stageId + "' is not a gate");
		}
		StageRun run = this.runs.get(stageId);
		ApprovalRun gate = (run != null) ? run.gate() : null;
		if (gate == null) {
			throw new IllegalStateException(
					"gate '" + stageId + "' does not wait for a decision: it is " + standing.status());
		}
		return gate;
	}

}
