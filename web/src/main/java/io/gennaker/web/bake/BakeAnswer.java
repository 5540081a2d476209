package io.gennaker.web.bake;

import java.time.Instant;
import java.util.List;

import io.gennaker.activities.bake.BakeStore.BoundImage;
import io.gennaker.activities.bake.BakeStore.ClusterInputs;
import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.workflows.bake.BakeResult;

/**
 * A bake as the API gives it.
 *
 * @param digest of the bake
 * @param renderer name and version
 * @param charts where each chart came from
 * @param inputs values and artifacts of each cluster
 * @param manifests their digests per cluster
 * @param bound which images went where
 * @param uncovered images that are no artifact of the pipeline's
 */
record BakeAnswer(String digest, Instant createdAt, String renderer, List<ChartOrigin> charts,
		List<ClusterInputs> inputs, List<BakeResult.ManifestSet> manifests, List<BoundImage> bound,
		List<String> uncovered) {

	static BakeAnswer of(Bake bake) {
		return new BakeAnswer(bake.result().digest(), bake.createdAt(), bake.provenance().renderer(),
				bake.provenance().charts(), bake.provenance().clusters(), bake.result().manifests(), bake.bound(),
				bake.provenance().uncovered());
	}

}
