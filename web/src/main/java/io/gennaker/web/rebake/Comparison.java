package io.gennaker.web.rebake;

import java.util.List;

import io.gennaker.activities.bake.source.ChartOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A bake beside the same made again.
 *
 * @param equal whether all clusters' manifests are the same
 * @param differing the names of the clusters whose manifests are not
 * @param before as recorded
 * @param after as made again
 * @param clusters each cluster's manifests, in the order of the bake
 */
public record Comparison(boolean equal, List<String> differing, Made before, Made after, List<Cluster> clusters) {

	/**
	 * What was made of what.
	 *
	 * @param bake the digest of the bake
	 * @param renderer name and version
	 */
	public record Made(String bake, String renderer, List<ChartOrigin> charts) {
	}

	/**
	 * One cluster.
	 *
	 * @param before the digest of its manifests as recorded
	 * @param after the same as made again; null if there are none
	 */
	public record Cluster(String target, String cluster, String before, @Nullable String after) {

		public boolean equal() {
			return this.before.equals(this.after);
		}

	}

}
