package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Approvers;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code type: approval}.
 */
final class ApprovalDecoder implements StageDecoder {

	static final Vocabulary APPROVERS = Vocabulary.of("approvers", "users", "groups", "count");

	@Override
	public List<String> keys() {
		return List.of("approvers", "self-approval", "instructions");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		boolean selfApproval = section.flag("self-approval", false);
		String instructions = section.text("instructions", "");
		Voices voices = voices(section.find("approvers"));
		return new Stage.Approval(id, options, voices.approvers(), voices.count(), selfApproval, instructions);
	}

	/**
	 * Reads {@code approvers}, which may be left out.
	 */
	static Voices voices(@Nullable Value value) {
		if (value == null) {
			return new Voices(new Approvers(List.of(), List.of()), 1);
		}
		Section approvers = new Section(value, APPROVERS);
		int count = approvers.count("count", 1, 1);
		Approvers who = new Approvers(approvers.texts("users"), approvers.texts("groups"));
		long users = who.users().stream().distinct().count();
		if (who.groups().isEmpty() && users > 0 && users < count) {
			approvers.problem("count", count + " people must approve, but only " + users + " may");
		}
		return new Voices(who, count);
	}

	/**
	 * Who may decide, and how many must.
	 */
	record Voices(Approvers approvers, int count) {
	}

}
