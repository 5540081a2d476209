package io.gennaker.pipelines.model;

/**
 * What the failure of a stage does to the others of its execution.
 */
public enum OnFailure {

	/** Stages under way are canceled, no more start, the execution fails. */
	FAIL,
	/** Stages under way end, no more start, the execution fails. */
	FINISH_OTHERS,
	/**
	 * The stages that need it go on as if it had succeeded; the execution may succeed.
	 */
	CONTINUE,
	/** Only the stages that need it are skipped; others go on; the execution fails. */
	STOP_BRANCH,
	/**
	 * Of a deploy: its clusters that failed go back to the release before; the rest as
	 * with {@link #FAIL}.
	 */
	ROLLBACK,
	/**
	 * Of a deploy: every cluster that the execution changed goes back to the release
	 * before, the last first; the rest as with {@link #FAIL}.
	 */
	ROLLBACK_ALL;

	/**
	 * Whether it makes clusters go back, for which the stage must change some.
	 */
	public boolean goesBack() {
		return this == ROLLBACK || this == ROLLBACK_ALL;
	}

}
