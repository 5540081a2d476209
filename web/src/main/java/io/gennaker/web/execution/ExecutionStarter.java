package io.gennaker.web.execution;

/**
 * Writes executions down; their workflows are started afterwards.
 */
public interface ExecutionStarter {

	/**
	 * Checks the request and writes the execution's row with its audit entry.
	 * @return the execution, also where an earlier request with the same key made it
	 * @throws StartRefusedException if the pipeline is unknown or invalid, or parameters
	 * or artifacts do not fit
	 */
	StartedExecution start(StartRequest request);

}
