package io.gennaker.web.release;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * A place's newest release as the API tells of it.
 *
 * @param drift how it compared with its cluster; null where nobody has looked yet
 */
record ReleaseAnswer(String cluster, String namespace, String release, UUID executionId, String pipeline, long number,
		String stageId, String bake, String manifests, Map<String, BoundArtifact> artifacts, Instant releasedAt,
		Drift.@Nullable Standing drift) {

	static ReleaseAnswer of(Release release, Drift.@Nullable Standing drift) {
		return new ReleaseAnswer(release.cluster(), release.namespace(), release.release(), release.executionId(),
				release.pipeline(), release.number(), release.stageId(), release.bake(), release.manifests(),
				release.artifacts(), release.releasedAt(), drift);
	}

}
