package io.gennaker.web.preview;

import java.util.UUID;

import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview;

/**
 * What a deploy stage that has not started would change, by the clusters' own dry run.
 */
public interface StagePreview {

	/**
	 * Asks one cluster. Slow, as it asks for every object: call it apart from the page
	 * that shows it.
	 * @param executionId the execution
	 * @param stageId a deploy stage of it
	 * @param cluster one of that stage's clusters
	 * @return every object that the release has there, those that stay as they are too;
	 * data of Secrets is masked
	 * @throws PreviewUnavailableException if it cannot be told, in words for people
	 */
	ReleasePreview of(UUID executionId, String stageId, String cluster);

}
