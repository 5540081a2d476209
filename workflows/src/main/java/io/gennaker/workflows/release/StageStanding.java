package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.Map;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage stands. Changed by {@link ReleaseState} alone, which journals each
 * change.
 */
final class StageStanding {

	private final Stage stage;

	private Status status = Status.PENDING;

	private @Nullable String message;

	private @Nullable Instant until;

	private Map<String, String> outputs = Map.of();

	private boolean barred;

	StageStanding(Stage stage) {
		this.stage = stage;
	}

	void become(Status next, @Nullable String why, @Nullable Instant ending) {
		this.status = next;
		this.message = why;
		this.until = ending;
	}

	void end(StageOutcome outcome) {
		become(outcome.status(), outcome.message(), null);
		this.outputs = outcome.outputs();
	}

	/**
	 * Leaves something for expressions, and for people, before its end.
	 */
	void leave(Map<String, String> early) {
		this.outputs = early;
	}

	/**
	 * Keeps it from ever starting.
	 */
	void bar(StageOutcome outcome) {
		this.barred = true;
		end(outcome);
	}

	Stage stage() {
		return this.stage;
	}

	String id() {
		return this.stage.id();
	}

	Status status() {
		return this.status;
	}

	@Nullable String message() {
		return this.message;
	}

	@Nullable Instant until() {
		return this.until;
	}

	Map<String, String> outputs() {
		return this.outputs;
	}

	/**
	 * Whether the stages that need this one may start. A stage that was skipped by its
	 * own condition, or had nothing to do, counts as ended well: what joins conditional
	 * branches runs after whichever ran. One that was skipped because a stage before it
	 * failed does not.
	 */
	boolean letsOthersGoOn() {
		return switch (this.status) {
			case SUCCEEDED -> true;
			case SKIPPED -> !this.barred;
			case FAILED -> this.stage.options().onFailure() == OnFailure.CONTINUE;
			case PENDING, RUNNING, WAITING, PAUSED, CANCELED -> false;
		};
	}

	/**
	 * Whether the stages that need this one can never start.
	 */
	boolean barsOthers() {
		return this.status.ended() && !letsOthersGoOn();
	}

	ReleaseSnapshot.StageSnapshot snapshot() {
		return new ReleaseSnapshot.StageSnapshot(id(), this.status, this.message);
	}

}
