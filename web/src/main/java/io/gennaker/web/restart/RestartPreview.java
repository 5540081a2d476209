package io.gennaker.web.restart;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a restart would do.
 *
 * @param executionId the earlier execution
 * @param from the stage that it would start again from
 * @param obstacle why it cannot be, in words for people; null where it can
 * @param takenOver the stages that had succeeded and are not done again
 * @param again the stages that are done, in the file's order
 */
public record RestartPreview(UUID executionId, String pipeline, long number, String from, @Nullable String obstacle,
		List<String> takenOver, List<String> again) {

	public RestartPreview {
		takenOver = List.copyOf(takenOver);
		again = List.copyOf(again);
	}

}
