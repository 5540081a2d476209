package io.gennaker.web.webhook;

/**
 * What became of a delivery.
 */
public enum DeliveryStatus {

	/** It waits to be worked off. */
	PENDING,
	/** It started at least one execution. */
	STARTED,
	/** It concerned no pipeline. */
	IGNORED,
	/** Its events had come before. */
	DUPLICATE,
	/** It should have started an execution and could not. */
	FAILED

}
