package io.gennaker.web.bake;

import java.util.List;
import java.util.UUID;

import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import org.jspecify.annotations.Nullable;

/**
 * What one execution's bake has that another's has not.
 *
 * @param execution the execution at hand
 * @param with the execution that it is compared with, which stands for "before"
 * @param stage the bake stage of both
 * @param clusters one for each cluster of either bake
 */
public record BakeComparison(UUID execution, UUID with, String stage, List<ComparedCluster> clusters) {

	public BakeComparison {
		clusters = List.copyOf(clusters);
	}

	/**
	 * The manifests of one cluster in both bakes.
	 *
	 * @param target the pipeline's target
	 * @param before the digest of the other bake's manifests; null where it has none
	 * @param after the digest of this bake's manifests; null where it has none
	 * @param changes what became of each object; data of Secrets is masked. Empty where
	 * the digests are equal
	 */
	public record ComparedCluster(String target, String cluster, @Nullable String before, @Nullable String after,
			List<ObjectChange> changes) {

		public ComparedCluster {
			changes = List.copyOf(changes);
		}

		/**
		 * Whether both are the same to the byte.
		 */
		public boolean same() {
			return this.before != null && this.before.equals(this.after);
		}

	}

}
