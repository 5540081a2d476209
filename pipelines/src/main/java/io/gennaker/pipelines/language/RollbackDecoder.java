package io.gennaker.pipelines.language;

import io.gennaker.pipelines.model.RollbackRules;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rollback} of the pipeline.
 */
final class RollbackDecoder {

	static final Vocabulary ROLLBACK = Vocabulary.of("rollback", "approval");

	static final Vocabulary APPROVAL = Vocabulary.of("rollbackApproval", "approvers", "self-approval", "timeout");

	private RollbackDecoder() {
	}

	static RollbackRules decode(@Nullable Value value) {
		Value approval = (value != null) ? new Section(value, ROLLBACK).find("approval") : null;
		if (approval == null) {
			return RollbackRules.NONE;
		}
		Section section = new Section(approval, APPROVAL);
		ApprovalDecoder.Voices voices = ApprovalDecoder.voices(section.find("approvers"));
		return new RollbackRules(new RollbackRules.Approval(voices.approvers(), voices.count(),
				section.flag("self-approval", false), section.duration("timeout")));
	}

}
