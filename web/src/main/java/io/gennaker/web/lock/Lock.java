package io.gennaker.web.lock;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A place that is held, or waited for.
 *
 * @param ticket its turn: lower ones come first
 * @param pipeline the execution's pipeline
 * @param number the execution's number
 * @param token the fencing token; 0 for one that waits
 * @param askedAt when it asked for the place
 * @param heldAt since when it holds it; null for one that waits
 */
public record Lock(long ticket, String cluster, String namespace, String release, UUID executionId, String pipeline,
		long number, String stageId, long token, Instant askedAt, @Nullable Instant heldAt) {

	boolean isOf(UUID execution, String stage) {
		return this.executionId.equals(execution) && this.stageId.equals(stage);
	}

	/**
	 * Who it is, such as {@code classroom #12 (deploy south)}.
	 */
	String title() {
		return this.pipeline + " #" + this.number + " (deploy " + this.stageId + ")";
	}

}
