package io.gennaker.web.console;

import java.util.List;

import io.gennaker.web.release.Release;
import org.jspecify.annotations.Nullable;

/**
 * A stage that failed, told so that somebody can act on it.
 *
 * @param words all that was said about it, with the server's own words
 * @param places clusters where it failed, the first few of them
 * @param further how many more clusters failed
 * @param untouched clusters that the stage did not reach
 */
record FailureView(String stageId, String words, List<Place> places, int further, List<String> untouched) {

	/**
	 * A cluster where the stage failed. Components are listed by their names.
	 *
	 * @param words why it failed there
	 * @param done components that are new and healthy
	 * @param begun components that are partly new, or new and not healthy
	 * @param untouched components that stand as before
	 * @param back whether what ran before was applied again; the lists then tell of that
	 * @param before what the last execution that went well there left; null where there
	 * is none, or where another one has gone well since the failure
	 */
	record Place(String cluster, String words, List<String> done, List<String> begun, List<String> untouched,
			boolean back, @Nullable Release before) {
	}

}
