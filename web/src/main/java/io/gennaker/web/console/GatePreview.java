package io.gennaker.web.console;

import java.util.List;
import java.util.UUID;

/**
 * What a deploy stage that has not started would change, by the clusters' own dry run.
 */
public interface GatePreview {

	/**
	 * Asks one cluster. Slow: called apart from the page that shows it, and given up
	 * after some seconds.
	 * @param executionId the execution
	 * @param stageId a deploy stage of it
	 * @param cluster one of that stage's clusters
	 * @return every object that the release has there, those that stay as they are too;
	 * data of Secrets is masked
	 * @throws PreviewUnavailableException if it cannot be told, in words for people
	 */
	List<ObjectChange> changes(UUID executionId, String stageId, String cluster);

	/**
	 * What would become of one object.
	 *
	 * @param namespace empty for a cluster-wide object
	 * @param diff the difference of its YAML in unified format, empty where nothing
	 * changes
	 */
	record ObjectChange(String kind, String namespace, String name, Change change, String diff) {
	}

	/**
	 * What would become of an object.
	 */
	enum Change {

		CREATED, CHANGED, REMOVED, UNCHANGED

	}

	/**
	 * The cluster does not answer or refuses, or nothing was baked for it.
	 */
	class PreviewUnavailableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public PreviewUnavailableException(String message, Throwable cause) {
			super(message, cause);
		}

		public PreviewUnavailableException(String message) {
			super(message);
		}

	}

}
