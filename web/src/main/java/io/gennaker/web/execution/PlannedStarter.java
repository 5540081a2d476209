package io.gennaker.web.execution;

/**
 * Writes executions down that have something from another one; their workflows are
 * started afterwards.
 */
public interface PlannedStarter {

	/**
	 * Writes the execution's row with its audit entry.
	 * @return the execution, also where an earlier request with the same key made it
	 * @throws StartRefusedException if the key belongs to another request
	 */
	StartedExecution start(PlannedStart request);

}
