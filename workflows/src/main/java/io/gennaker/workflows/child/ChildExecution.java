package io.gennaker.workflows.child;

/**
 * An execution that a stage started.
 *
 * @param id its id
 * @param pipeline its pipeline
 * @param number counts that pipeline's executions from 1
 */
public record ChildExecution(String id, String pipeline, long number) {

	/**
	 * For people, such as {@code classroom #12}.
	 */
	public String title() {
		return this.pipeline + " #" + this.number;
	}

}
