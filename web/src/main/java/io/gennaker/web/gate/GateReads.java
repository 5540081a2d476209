package io.gennaker.web.gate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads gates and their decisions.
 */
@Component
public class GateReads {

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final String SELECT = """
			select g.*, e.pipeline, e.number, e.started_by, d.approvals, d.decided_by from gates g
			join executions e on e.id = g.execution_id
			cross join lateral (select count(*) filter (where d.decision = 'approve'
					and d.outcome is distinct from 'REFUSED') as approvals,
				coalesce(json_agg(d.decided_by order by d.id) filter (where d.outcome is distinct from 'REFUSED'), '[]')
					as decided_by
				from decisions d where d.execution_id = g.execution_id and d.stage_id = g.stage_id) d
			""";

	private final JdbcClient jdbc;

	private final JsonColumns json;

	GateReads(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * All open gates, the one that waits longest first.
	 */
	public List<Gate> open() {
		return this.jdbc.sql(SELECT + "where g.closed_at is null order by g.opened_at, g.execution_id, g.stage_id")
			.query((row, _) -> gate(row))
			.list();
	}

	/**
	 * The open gates that a person may decide and has not.
	 */
	public List<Gate> openFor(Approvers.Approver person) {
		return open().stream()
			.filter((gate) -> gate.refusal(person) == null && !gate.decidedBy().contains(person.name()))
			.toList();
	}

	/**
	 * All gates of an execution that were ever opened, in that order.
	 */
	public List<Gate> of(UUID executionId) {
		return this.jdbc.sql(SELECT + "where g.execution_id = ? order by g.opened_at, g.stage_id")
			.param(executionId)
			.query((row, _) -> gate(row))
			.list();
	}

	/**
	 * One gate; empty while it was never opened.
	 */
	public Optional<Gate> find(UUID executionId, String stageId) {
		return this.jdbc.sql(SELECT + "where g.execution_id = ? and g.stage_id = ?")
			.params(executionId, stageId)
			.query((row, _) -> gate(row))
			.optional();
	}

	/**
	 * What was decided at a gate, oldest first.
	 */
	public List<Gate.Decision> decisions(UUID executionId, String stageId) {
		return this.jdbc.sql("select * from decisions where execution_id = ? and stage_id = ? order by id")
			.params(executionId, stageId)
			.query((row, _) -> decision(row))
			.list();
	}

	private Gate gate(ResultSet row) throws SQLException {
		return new Gate(row.getObject("execution_id", UUID.class), row.getString("pipeline"), row.getLong("number"),
				row.getString("stage_id"), row.getString("started_by"), Timestamps.read(row, "opened_at"),
				Timestamps.find(row, "deadline"), Timestamps.find(row, "closed_at"), row.getString("outcome"),
				row.getString("instructions"), this.json.read(row, "users", TEXTS),
				this.json.read(row, "groups", TEXTS), row.getInt("count"), row.getBoolean("self_approval"),
				row.getInt("approvals"), this.json.read(row, "ahead", TEXTS), this.json.read(row, "decided_by", TEXTS));
	}

	static Gate.Decision decision(ResultSet row) throws SQLException {
		return new Gate.Decision(row.getObject("id", UUID.class), row.getString("decision"),
				row.getString("decided_by"), row.getString("reason"), Timestamps.read(row, "decided_at"),
				Timestamps.find(row, "delivered_at"), row.getString("outcome"));
	}

}
