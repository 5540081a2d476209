package io.gennaker.web.rollback;

import java.util.List;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.rollout.PreviewRequest;
import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;

import org.springframework.stereotype.Component;

/**
 * Asks a cluster what would change if one of its kept releases came back, by server-side
 * dry run.
 */
@Component
class RollbackChanges implements ReturnPreview {

	private final ReleaseReads releases;

	private final BakeStore store;

	private final ReleasePreviews previews;

	RollbackChanges(ReleaseReads releases, BakeStore store, ReleasePreviews previews) {
		this.releases = releases;
		this.store = store;
		this.previews = previews;
	}

	@Override
	public ReleasePreview of(long releaseId) {
		Release release = this.releases.find(releaseId)
			.orElseThrow(() -> new NotFoundException("There is no release " + releaseId + "."));
		try {
			return this.previews.preview(new PreviewRequest(release.cluster(), release.namespace(), release.release(),
					release.pipeline(), this.store.manifests(release.manifests()), List.of(), Applying.DEFAULT));
		}
		catch (IllegalArgumentException ex) {
			throw new PreviewUnavailableException(String.valueOf(ex.getMessage()));
		}
	}

}
