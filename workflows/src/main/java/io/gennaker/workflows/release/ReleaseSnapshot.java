package io.gennaker.workflows.release;

import java.util.List;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * Where a running release stands, for queries.
 *
 * @param status of the whole
 * @param message why it waits or failed
 * @param stages in the file's order
 */
public record ReleaseSnapshot(Status status, @Nullable String message, List<StageSnapshot> stages) {

	/**
	 * Where a stage stands.
	 */
	public record StageSnapshot(String id, Status status, @Nullable String message) {
	}

}
