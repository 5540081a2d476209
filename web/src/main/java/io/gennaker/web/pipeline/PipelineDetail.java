package io.gennaker.web.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline with its current revision.
 *
 * @param source {@code folder} or {@code api}
 * @param revision the current revision; null for a pipeline that was never valid
 * @param reading what reading the current revision leads to with the clusters of today;
 * null where there is no revision
 * @param document the current revision's {@code pipeline.yaml}; null where there is none
 * @param problems what is wrong with what was read last and did not become a revision
 * @param revisions the newest revisions, newest first
 */
public record PipelineDetail(String name, String source, @Nullable RevisionSummary revision,
		@Nullable ReadResult reading, @Nullable String document, List<Problem> problems,
		List<RevisionSummary> revisions) {

	public PipelineDetail {
		problems = List.copyOf(problems);
		revisions = List.copyOf(revisions);
	}

	/**
	 * A saved state of the pipeline.
	 *
	 * @param number counts the pipeline's revisions from 1
	 * @param sha256 of its files, 64 hexadecimal digits
	 * @param createdBy a user, or {@code folder}
	 */
	public record RevisionSummary(UUID id, int number, String sha256, Instant createdAt, String createdBy) {
	}

}
