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
	STOP_BRANCH

}
