package io.gennaker.web.gate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A gate, open or closed.
 *
 * @param executionId the execution that waits
 * @param number the execution's number
 * @param startedBy who started the execution
 * @param deadline when it gives up; null for never
 * @param closedAt null while it is open
 * @param outcome why it closed, in words; null while it is open
 * @param users who may decide, besides the groups; both empty leaves it to the role alone
 * @param groups of which one is enough
 * @param count how many different people must approve
 * @param approvals how many have
 * @param ahead the deploy stages that it holds back
 * @param decidedBy who has decided already
 */
public record Gate(UUID executionId, String pipeline, long number, String stageId, String startedBy, Instant openedAt,
		@Nullable Instant deadline, @Nullable Instant closedAt, @Nullable String outcome, String instructions,
		List<String> users, List<String> groups, int count, boolean selfApproval, int approvals, List<String> ahead,
		List<String> decidedBy) {

	public Gate {
		users = List.copyOf(users);
		groups = List.copyOf(groups);
		ahead = List.copyOf(ahead);
		decidedBy = List.copyOf(decidedBy);
	}

	/**
	 * Whether decisions may still be made.
	 */
	public boolean open() {
		return this.closedAt == null;
	}

	/**
	 * How many approvals are still needed.
	 */
	public int missing() {
		return Math.max(0, this.count - this.approvals);
	}

	/**
	 * Why a person may not decide this gate; null for one who may.
	 */
	public @Nullable String refusal(Approvers.Approver person) {
		if (!person.roles().contains("approver")) {
			return "%s does not have the role approver".formatted(person.name());
		}
		boolean anyone = this.users.isEmpty() && this.groups.isEmpty();
		if (!anyone && !this.users.contains(person.name())
				&& this.groups.stream().noneMatch(person.groups()::contains)) {
			return "%s is not among the approvers of %s (%s)".formatted(person.name(), this.stageId, approvers());
		}
		if (!this.selfApproval && person.name().equals(this.startedBy)) {
			return "%s started this execution, and %s does not let whoever started it decide".formatted(person.name(),
					this.stageId);
		}
		return null;
	}

	/**
	 * Who may decide, in words.
	 */
	public String approvers() {
		if (this.users.isEmpty() && this.groups.isEmpty()) {
			return "everyone with the role approver";
		}
		List<String> words = new java.util.ArrayList<>(this.users);
		this.groups.forEach((group) -> words.add("group " + group));
		return String.join(", ", words);
	}

	/**
	 * What somebody decided.
	 *
	 * @param decision {@code approve} or {@code reject}
	 * @param deliveredAt when the running execution had weighed it; null for not yet
	 * @param outcome what that came to; null while it is not known
	 */
	public record Decision(UUID id, String decision, String decidedBy, String reason, Instant decidedAt,
			@Nullable Instant deliveredAt, @Nullable String outcome) {
	}

}
