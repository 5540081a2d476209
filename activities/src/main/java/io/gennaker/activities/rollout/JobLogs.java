package io.gennaker.activities.rollout;

/**
 * Keeps what the Jobs of stages logged.
 */
public interface JobLogs {

	/**
	 * Keeps a log. A second one for the same place takes the first one's.
	 * @param executionId the execution
	 * @param stageId the stage
	 * @param cluster where the Job ran
	 * @param text the last lines of its pods, without secrets, at most
	 * {@value #MOST_CHARACTERS} characters
	 */
	void keep(String executionId, String stageId, String cluster, String text);

	/** The longest log that is kept. */
	int MOST_CHARACTERS = 65_536;

}
