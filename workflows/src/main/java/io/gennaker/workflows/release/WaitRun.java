package io.gennaker.workflows.release;

import java.time.Instant;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.Words;
import io.temporal.workflow.Workflow;

/**
 * A wait stage: a timer that survives restarts.
 */
final class WaitRun {

	private final Stage.Wait stage;

	private final StageStanding standing;

	private final ReleaseState state;

	WaitRun(Stage.Wait stage, StageStanding standing, ReleaseState state) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
	}

	StageOutcome run() {
		String length = Words.of(this.stage.duration());
		Instant until = Journal.now().plus(this.stage.duration());
		this.state.change(this.standing, Status.WAITING, "waits " + length + ", until " + Words.of(until), until);
		Workflow.sleep(this.stage.duration());
		return StageOutcome.succeeded("waited " + length);
	}

}
