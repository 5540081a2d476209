package io.gennaker.web.pipeline;

import java.io.IOException;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.Problem;

/**
 * Something that was sent as a pipeline and cannot be taken.
 */
final class UnusableUploadException extends IOException {

	private static final long serialVersionUID = 1L;

	private final String path;

	/**
	 * Refuses an upload.
	 * @param path the entry at fault; empty for the whole
	 * @param reason goes on after the path
	 */
	UnusableUploadException(String path, String reason) {
		super(reason);
		this.path = path;
	}

	Problem problem() {
		return new Problem(this.path.isEmpty() ? PipelineFiles.PIPELINE : this.path, 1, 1, "",
				String.valueOf(getMessage()));
	}

}
