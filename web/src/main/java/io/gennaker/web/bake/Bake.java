package io.gennaker.web.bake;

import java.time.Instant;
import java.util.List;

import io.gennaker.activities.bake.BakeStore.BoundImage;
import io.gennaker.activities.bake.BakeStore.Provenance;
import io.gennaker.workflows.bake.BakeResult;

/**
 * A bake with where it came from.
 *
 * @param result the manifests' digests per cluster
 * @param provenance chart and renderer
 * @param bound which images went where
 * @param createdAt when it was made first
 */
public record Bake(BakeResult result, Provenance provenance, List<BoundImage> bound, Instant createdAt) {

	public Bake {
		bound = List.copyOf(bound);
	}

}
