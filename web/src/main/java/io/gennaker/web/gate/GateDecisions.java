package io.gennaker.web.gate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.ForbiddenException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.database.TimeOrderedIds;
import io.gennaker.web.execution.EventWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes people's decisions about gates. A decision is written, with its audit entry,
 * before the running execution hears of it; the first one counts.
 */
@Component
public class GateDecisions {

	/** Of a reason, in characters. */
	public static final int LONGEST_REASON = 2_000;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final GateReads gates;

	private final Approvers approvers;

	private final EventWriter events;

	private final Audit audit;

	private final DecisionDelivery delivery;

	private final Clock clock = Clock.systemUTC();

	GateDecisions(JdbcClient jdbc, TransactionOperations transactions, GateReads gates, Approvers approvers,
			EventWriter events, Audit audit, DecisionDelivery delivery) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.gates = gates;
		this.approvers = approvers;
		this.events = events;
		this.audit = audit;
		this.delivery = delivery;
	}

	/**
	 * Writes a decision and tells the running execution. Where that cannot be told now,
	 * the decision stands and is told later: {@link Gate.Decision#deliveredAt()} is null
	 * then. What is refused is in the audit, too.
	 * @param user who decides
	 * @param reason why; must be given for a rejection
	 * @return the decision as it stands now
	 * @throws NotFoundException if there is no such gate, or it was not opened yet
	 * @throws ForbiddenException if this person may not decide this gate
	 * @throws ConflictException if the gate is closed or decided already; says by whom
	 * and when
	 * @throws InvalidParameterException if the reason is missing or too long
	 */
	public Gate.Decision decide(UUID executionId, String stageId, String user, Choice choice, String reason) {
		String subject = "gate:" + executionId + "/" + stageId;
		String action = "gate." + choice.word();
		UUID id;
		try {
			id = this.transactions.execute((_) -> write(executionId, stageId, user, choice, reason.strip(), subject));
		}
		catch (ProblemException ex) {
			this.audit.record(user, action, subject, "refused", String.valueOf(ex.getMessage()));
			throw ex;
		}
		this.delivery.deliver(id);
		Gate.Decision decision = decision(executionId, stageId, id);
		if ("REFUSED".equals(decision.outcome())) {
			String why = this.delivery.refusal(id);
			this.audit.record(user, action, subject, "refused", why);
			throw new ConflictException("The decision came but does not count: " + why + ".");
		}
		return decision;
	}

	private UUID write(UUID executionId, String stageId, String user, Choice choice, String reason, String subject) {
		this.events.lock(executionId);
		Gate gate = this.gates.find(executionId, stageId)
			.orElseThrow(() -> new NotFoundException(
					"Execution " + executionId + " has no gate '" + stageId + "' that waits or has waited."));
		Approvers.Approver person = this.approvers.find(user)
			.orElseThrow(() -> new ForbiddenException(user + " is not a user."));
		String refusal = gate.refusal(person);
		if (refusal != null) {
			throw new ForbiddenException(refusal + ".");
		}
		refuseIfLate(gate, this.gates.decisions(executionId, stageId), user);
		check(choice, reason);
		UUID id = TimeOrderedIds.next();
		this.jdbc.sql("""
				insert into decisions (id, execution_id, stage_id, decision, decided_by, reason)
				values (?, ?, ?, ?, ?, ?)""").params(id, executionId, stageId, choice.word(), user, reason).update();
		this.audit.record(user, "gate." + choice.word(), subject, "done", reason);
		return id;
	}

	private static void check(Choice choice, String reason) {
		if (choice == Choice.REJECT && reason.isEmpty()) {
			throw new InvalidParameterException("reason", "a rejection needs a reason, for those who will read it");
		}
		if (reason.length() > LONGEST_REASON) {
			throw new InvalidParameterException("reason",
					"has " + reason.length() + " characters; " + LONGEST_REASON + " is the most");
		}
	}

	private void refuseIfLate(Gate gate, List<Gate.Decision> all, String user) {
		List<Gate.Decision> standing = all.stream().filter((one) -> !"REFUSED".equals(one.outcome())).toList();
		if (!gate.open()) {
			throw late("The gate has closed: " + gate.outcome() + ".", standing.isEmpty() ? null : standing.getLast());
		}
		Instant deadline = gate.deadline();
		if (deadline != null && !this.clock.instant().isBefore(deadline)) {
			throw new ConflictException("The gate timed out at " + deadline.truncatedTo(ChronoUnit.SECONDS) + ".");
		}
		Optional<Gate.Decision> rejection = standing.stream()
			.filter((one) -> one.decision().equals("reject"))
			.findFirst();
		if (rejection.isPresent()) {
			throw late(words(rejection.get()), rejection.get());
		}
		Optional<Gate.Decision> own = standing.stream().filter((one) -> one.decidedBy().equals(user)).findFirst();
		if (own.isPresent()) {
			throw late("You have decided this gate already: " + words(own.get()), own.get());
		}
		if (standing.size() >= gate.count()) {
			throw late(words(standing.getLast()), standing.getLast());
		}
	}

	private static String words(Gate.Decision decision) {
		return decision.decidedBy() + (decision.decision().equals("approve") ? " approved" : " rejected") + " it at "
				+ decision.decidedAt().truncatedTo(ChronoUnit.SECONDS) + ".";
	}

	private static ConflictException late(String detail, Gate.@Nullable Decision first) {
		return (first == null) ? new ConflictException(detail) : new ConflictException(detail, Map.of("decision",
				first.decision(), "decidedBy", first.decidedBy(), "decidedAt", first.decidedAt().toString()));
	}

	private Gate.Decision decision(UUID executionId, String stageId, UUID id) {
		return this.gates.decisions(executionId, stageId)
			.stream()
			.filter((decision) -> decision.id().equals(id))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * What a person may decide.
	 */
	public enum Choice {

		APPROVE("approve"), REJECT("reject");

		private final String word;

		Choice(String word) {
			this.word = word;
		}

		/**
		 * As requests and rows have it.
		 */
		public String word() {
			return this.word;
		}

		/**
		 * The choice of a request.
		 * @throws InvalidParameterException for another word
		 */
		public static Choice of(@Nullable String word) {
			for (Choice choice : values()) {
				if (choice.word.equals(word)) {
					return choice;
				}
			}
			throw new InvalidParameterException("decision", "must be 'approve' or 'reject'");
		}

	}

}
