package io.gennaker.web.rollback;

import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview;
import io.gennaker.web.api.NotFoundException;

/**
 * What would change if a kept release came back.
 */
public interface ReturnPreview {

	/**
	 * Asks the release's cluster. Slow, as it asks for every object.
	 * @return every object, those that stay as they are too; data of Secrets is masked
	 * @throws NotFoundException if there is no such release
	 * @throws PreviewUnavailableException if it cannot be told, in words for people
	 */
	ReleasePreview of(long releaseId);

}
