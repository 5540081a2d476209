package io.gennaker.web.gate;

import java.sql.Types;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.web.execution.EventWriter;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.gate.GateOpening;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.gate.GateVerdict.Outcome;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gates in PostgreSQL, as workflows use them. Here every rule about who may decide is
 * applied once more, to the user as known at that moment: between the decision and its
 * weighing a role may have been taken away.
 */
@Component
class StoredGates implements GateActivities {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final EventWriter events;

	private final GateReads gates;

	private final Approvers approvers;

	private final Expressions expressions = new Expressions();

	StoredGates(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, EventWriter events,
			GateReads gates, Approvers approvers) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.events = events;
		this.gates = gates;
		this.approvers = approvers;
	}

	@Override
	public void open(GateOpening opening) {
		UUID id = UUID.fromString(opening.executionId());
		String instructions = instructions(opening);
		this.transactions.executeWithoutResult((_) -> {
			if (this.events.lock(id) && insert(id, opening, instructions) > 0) {
				this.events.write(id, "gate", opening.stage().id(), null, Status.WAITING, "waits for "
						+ opening.stage().count() + ((opening.stage().count() == 1) ? " approval" : " approvals"));
			}
		});
	}

	private String instructions(GateOpening opening) {
		try {
			return this.expressions.text(opening.stage().instructions(), opening.context());
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(
					"the instructions of " + opening.stage().id() + ": " + ex.getMessage(), Failures.BAD_EXPRESSION);
		}
	}

	private int insert(UUID id, GateOpening opening, String instructions) {
		return this.jdbc.sql("""
				insert into gates (execution_id, stage_id, deadline, instructions, users, groups, count,
					self_approval, ahead)
				values (:id, :stage, :deadline, :instructions, :users::jsonb, :groups::jsonb, :count, :self,
					:ahead::jsonb) on conflict do nothing""")
			.param("id", id)
			.param("stage", opening.stage().id())
			.param("deadline", Timestamps.nullable(opening.deadline()), Types.TIMESTAMP_WITH_TIMEZONE)
			.param("instructions", instructions)
			.param("users", this.json.write(opening.stage().approvers().users()))
			.param("groups", this.json.write(opening.stage().approvers().groups()))
			.param("count", opening.stage().count())
			.param("self", opening.stage().selfApproval())
			.param("ahead", this.json.write(opening.ahead()))
			.update();
	}

	@Override
	public GateVerdict weigh(String executionId, DecisionNotice notice) {
		UUID id = UUID.fromString(executionId);
		return this.transactions.execute((_) -> {
			this.events.lock(id);
			Optional<Weighed> decision = decision(id, notice);
			if (decision.isEmpty()) {
				return new GateVerdict(Outcome.REFUSED, "", "there is no such decision of this gate", 0);
			}
			GateVerdict known = decision.get().verdict();
			return (known != null) ? known : weigh(id, notice.stageId(), decision.get());
		});
	}

	private GateVerdict weigh(UUID id, String stageId, Weighed decision) {
		Gate gate = this.gates.find(id, stageId).orElseThrow();
		String refusal = refusal(gate, decision.by());
		if (refusal != null) {
			return settle(id, stageId, decision, Outcome.REFUSED, gate.missing(), refusal);
		}
		if (decision.decision().equals("reject")) {
			return settle(id, stageId, decision, Outcome.REJECTED, gate.missing(), null);
		}
		int missing = gate.count() - counted(id, stageId) - 1;
		return settle(id, stageId, decision, (missing > 0) ? Outcome.MORE_NEEDED : Outcome.APPROVED,
				Math.max(0, missing), null);
	}

	private @Nullable String refusal(Gate gate, String user) {
		if (!gate.open()) {
			return "the gate has closed: " + gate.outcome();
		}
		Optional<Approvers.Approver> person = this.approvers.find(user);
		return person.isEmpty() ? user + " is no longer a user" : gate.refusal(person.get());
	}

	private int counted(UUID id, String stageId) {
		return this.jdbc.sql("""
				select count(*) from decisions where execution_id = ? and stage_id = ? and decision = 'approve'
				and outcome in ('MORE_NEEDED', 'APPROVED')""")
			.params(id, stageId)
			.query((row, _) -> row.getInt(1))
			.single();
	}

	private GateVerdict settle(UUID id, String stageId, Weighed decision, Outcome outcome, int missing,
			@Nullable String refusal) {
		this.jdbc.sql("""
				update decisions set outcome = :outcome, missing = :missing, refusal = :refusal,
					delivered_at = coalesce(delivered_at, now()) where id = :id""")
			.param("outcome", outcome.name())
			.param("missing", missing)
			.param("refusal", refusal)
			.param("id", decision.id())
			.update();
		this.events.write(id, "decision", stageId, null, null, switch (outcome) {
			case APPROVED -> decision.by() + " approved, which was enough";
			case MORE_NEEDED -> decision.by() + " approved, " + missing + " more needed";
			case REJECTED -> decision.by() + " rejected: " + decision.reason();
			case REFUSED -> "the decision of " + decision.by() + " does not count: " + refusal;
		});
		return new GateVerdict(outcome, decision.by(), (refusal != null) ? refusal : decision.reason(), missing);
	}

	private Optional<Weighed> decision(UUID id, DecisionNotice notice) {
		return this.jdbc.sql("select * from decisions where id = ? and execution_id = ? and stage_id = ?")
			.params(UUID.fromString(notice.decisionId()), id, notice.stageId())
			.query((row, _) -> new Weighed(row.getObject("id", UUID.class), row.getString("decision"),
					row.getString("decided_by"), row.getString("reason"), row.getString("outcome"),
					row.getInt("missing"), row.getString("refusal")))
			.optional();
	}

	@Override
	public void close(String executionId, String stageId, String how) {
		UUID id = UUID.fromString(executionId);
		this.transactions.executeWithoutResult((_) -> {
			this.events.lock(id);
			int closed = this.jdbc.sql("""
					update gates set closed_at = now(), outcome = ?
					where execution_id = ? and stage_id = ? and closed_at is null""").params(how, id, stageId).update();
			if (closed > 0) {
				this.events.write(id, "gate", stageId, null, null, how);
			}
		});
	}

	/**
	 * A decision with what weighing it came to, once it was.
	 */
	private record Weighed(UUID id, String decision, String by, String reason, @Nullable String outcome, int missing,
			@Nullable String refusal) {

		@Nullable GateVerdict verdict() {
			return (this.outcome == null) ? null : new GateVerdict(Outcome.valueOf(this.outcome), this.by,
					(this.refusal != null) ? this.refusal : this.reason, this.missing);
		}

	}

}
