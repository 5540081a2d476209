package io.gennaker.web.release;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.activities.rollout.DriftLook.DriftedObject;
import org.jspecify.annotations.Nullable;

/**
 * How a place's newest release compared with its cluster when that was looked at last.
 *
 * @param standing what was found
 * @param executionId the execution whose release was compared
 * @param digest of what is different; empty where nothing is
 * @param objects those that are not as they were released
 */
public record Drift(String cluster, String namespace, String release, Standing standing, UUID executionId,
		String digest, List<DriftedObject> objects) {

	public Drift {
		objects = List.copyOf(objects);
	}

	/**
	 * What was found, without its details.
	 *
	 * @param state whether what runs is what was released
	 * @param message why it could not be told, or what could not be compared; else empty
	 * @param objects how many objects are not as they were released
	 * @param looks in how many looks, one after the other, the same was found
	 * @param since since when it is so
	 * @param lookedAt when it was looked at last
	 * @param answeredAt when the cluster answered last; null for never
	 */
	public record Standing(DriftLook.State state, String message, int objects, int looks, Instant since,
			Instant lookedAt, @Nullable Instant answeredAt) {
	}

	/**
	 * Where a release stands.
	 */
	public record Place(String cluster, String namespace, String release) {
	}

}
