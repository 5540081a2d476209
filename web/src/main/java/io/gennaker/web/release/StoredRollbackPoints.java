package io.gennaker.web.release;

import java.util.Optional;
import java.util.UUID;

import io.gennaker.workflows.rollback.RollbackActivities;
import io.gennaker.workflows.rollback.RollbackPoint;
import io.gennaker.workflows.rollback.RollbackQuestion;

import org.springframework.stereotype.Component;

/**
 * What places can go back to, by the releases that were kept.
 */
@Component
class StoredRollbackPoints implements RollbackActivities {

	private final ReleaseReads reads;

	StoredRollbackPoints(ReleaseReads reads) {
		this.reads = reads;
	}

	@Override
	public RollbackPoint before(RollbackQuestion question) {
		return point(this.reads.before(UUID.fromString(question.executionId()), question.cluster(),
				question.namespace(), question.release()));
	}

	@Override
	public RollbackPoint previous(RollbackQuestion question) {
		return point(this.reads.previous(question.cluster(), question.namespace(), question.release()));
	}

	private static RollbackPoint point(Optional<Release> found) {
		return new RollbackPoint(found
			.map((earlier) -> new RollbackPoint.Earlier(earlier.pipeline() + " #" + earlier.number(), earlier.bake(),
					earlier.manifests(), earlier.artifacts()))
			.orElse(null));
	}

}
