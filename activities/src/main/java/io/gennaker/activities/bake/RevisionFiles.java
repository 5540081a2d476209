package io.gennaker.activities.bake;

import io.gennaker.pipelines.language.PipelineFiles;

/**
 * Where the files of pipelines' revisions lie.
 */
public interface RevisionFiles {

	/**
	 * The files of a revision.
	 * @param revisionId the revision
	 * @return its files
	 * @throws IllegalArgumentException if there is no such revision
	 */
	PipelineFiles files(String revisionId);

}
