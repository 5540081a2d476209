package io.gennaker.web.execution;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gennaker.pipelines.language.StageWords;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.TimeOrderedIds;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of executions other than what the journal tells. Every method belongs
 * into a transaction.
 */
@Component
class ExecutionRows {

	private final JdbcClient jdbc;

	private final JsonColumns json;

	private final EventWriter events;

	ExecutionRows(JdbcClient jdbc, JsonColumns json, EventWriter events) {
		this.jdbc = jdbc;
		this.json = json;
		this.events = events;
	}

	/**
	 * A pipeline's executions that have not ended, oldest first.
	 */
	List<Ahead> open(String pipeline) {
		return this.jdbc.sql("""
				select id, number, concurrency, admitted_at is not null as admitted from executions where pipeline = ?
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') order by number""")
			.param(pipeline)
			.query((row, _) -> new Ahead(row.getObject("id", UUID.class), row.getLong("number"),
					row.getInt("concurrency"), row.getBoolean("admitted")))
			.list();
	}

	/**
	 * For what an execution waits that is not its turn.
	 */
	static String waitsFor(String pipeline, List<Ahead> ahead) {
		String first = ahead.stream().limit(3).map((one) -> "#" + one.number()).collect(Collectors.joining(", "));
		return "waits for " + pipeline + " " + first
				+ ((ahead.size() > 3) ? " and " + (ahead.size() - 3) + " more" : "");
	}

	/**
	 * Writes an execution with its stages and its first event, and takes the pipeline's
	 * next number.
	 * @param ahead the pipeline's open executions, oldest first
	 */
	UUID insert(Written written, List<Ahead> ahead) {
		UUID id = TimeOrderedIds.next();
		Concurrency concurrency = written.pipeline().concurrency();
		boolean busy = ahead.size() >= concurrency.limit();
		String message = busy ? waitsFor(written.pipeline().name(), ahead) : null;
		insert(id, written, busy ? Status.WAITING : Status.PENDING, message);
		int ordinal = 0;
		for (Stage stage : written.pipeline().stages().values()) {
			this.jdbc.sql("insert into stages (execution_id, stage_id, ordinal, type, status) values (?, ?, ?, ?, ?)")
				.params(id, stage.id(), ordinal++, type(stage), Status.PENDING.name())
				.update();
		}
		this.jdbc.sql("update pipelines set next_number = ? where name = ?")
			.params(written.number() + 1, written.pipeline().name())
			.update();
		this.events.write(id, "execution", null, null, busy ? Status.WAITING : Status.PENDING,
				"started by " + written.trigger().user() + ((message != null) ? ", " + message : ""));
		if (busy && concurrency.whenBusy() == Concurrency.WhenBusy.REPLACE_WAITING) {
			ahead.stream()
				.filter((one) -> !one.admitted())
				.forEach((one) -> end(one.id(), Status.CANCELED, "replaced by #" + written.number(), false));
		}
		return id;
	}

	private void insert(UUID id, Written written, Status status, @Nullable String message) {
		ReleaseRequest.Trigger trigger = written.trigger();
		Origin origin = written.origin();
		this.jdbc.sql("""
				insert into executions (id, pipeline, number, revision_id, status, message, trigger_type,
					trigger_facts, pushed, started_by, parameters, artifacts, inventory, idempotency_key, fingerprint,
					concurrency, kind, origin, restart_from, plan, built_at, allow_older, admitted_at)
				values (:id, :pipeline, :number, :revision, :status, :message, :type, :facts::jsonb, :pushed::jsonb,
					:user, :parameters::jsonb, :artifacts::jsonb, :inventory::jsonb, :key, :fingerprint, :limit,
					:kind, :origin, :from, :plan::json, :builtAt, :allowOlder,
					case when :kind = 'rollback' then now() end)""")
			.param("id", id)
			.param("pipeline", written.pipeline().name())
			.param("number", written.number())
			.param("revision", written.revision())
			.param("status", status.name())
			.param("message", message)
			.param("type", trigger.type())
			.param("facts", this.json.write(trigger.facts()))
			.param("pushed", this.json.write(trigger.pushed()))
			.param("user", trigger.user())
			.param("parameters", this.json.write(written.parameters()))
			.param("artifacts", this.json.write(written.artifacts()))
			.param("inventory", this.json.write(written.inventory()))
			.param("key", written.idempotencyKey())
			.param("fingerprint", written.fingerprint())
			.param("limit", written.pipeline().concurrency().limit())
			.param("kind", (origin != null) ? origin.kind() : "forward")
			.param("origin", (origin != null) ? origin.execution() : null, Types.OTHER)
			.param("from", (origin != null) ? origin.restartFrom() : null)
			.param("plan", (origin != null) ? origin.plan() : null)
			.param("builtAt", (origin != null) ? Timestamps.nullable(origin.builtAt()) : null,
					Types.TIMESTAMP_WITH_TIMEZONE)
			.param("allowOlder", written.allowOlder())
			.update();
	}

	/**
	 * Ends an execution that no workflow will end: its stages and clusters that were
	 * under way end the same way, those still to come are canceled, its gates close.
	 * @param lost whether its workflow was lost
	 * @return false if it had ended already
	 */
	boolean end(UUID id, Status status, String message, boolean lost) {
		this.events.lock(id);
		int changed = this.jdbc.sql("""
				update executions set status = ?, message = ?, lost = ?, ended_at = now()
				where id = ? and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')""")
			.params(status.name(), message, lost, id)
			.update();
		if (changed == 0) {
			return false;
		}
		endParts("stages", id, status, message);
		endParts("cluster_rollouts", id, status, message);
		this.jdbc.sql("update gates set closed_at = now(), outcome = ? where execution_id = ? and closed_at is null")
			.params(message, id)
			.update();
		this.events.write(id, "execution", null, null, status, message);
		return true;
	}

	private void endParts(String table, UUID id, Status status, String message) {
		this.jdbc.sql("""
				update %s set status = case when status = 'PENDING' then 'CANCELED' else :status end,
					message = case when status = 'PENDING' then 'not begun' else :message end, ended_at = now(),
					changed_at = now()
				where execution_id = :id and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')""".formatted(table))
			.param("status", status.name())
			.param("message", message)
			.param("id", id)
			.update();
	}

	/**
	 * The name of a stage's type in the pipeline file.
	 */
	static String type(Stage stage) {
		return StageWords.of(stage);
	}

	/**
	 * An execution that has not ended.
	 *
	 * @param concurrency how many of its pipeline may run at once
	 * @param admitted whether its turn has come
	 */
	record Ahead(UUID id, long number, int concurrency, boolean admitted) {
	}

	/**
	 * What an execution is.
	 */
	record Written(long number, UUID revision, Pipeline pipeline, List<Cluster> inventory,
			Map<String, Object> parameters, Map<String, String> artifacts, ReleaseRequest.Trigger trigger,
			@Nullable String idempotencyKey, String fingerprint, @Nullable Origin origin, boolean allowOlder) {
	}

	/**
	 * What an execution has from another one.
	 */
	record Origin(String kind, UUID execution, @Nullable String restartFrom, String plan, @Nullable Instant builtAt) {

		static Origin of(PlannedStart.Planned planned) {
			String kind = switch (planned.plan().kind()) {
				case ReleaseKind.Forward _ -> "forward";
				case ReleaseKind.Restart _ -> "restart";
				case ReleaseKind.Rollback _ -> "rollback";
			};
			return new Origin(kind, planned.origin(), planned.restartFrom(), planned.plan().json(), planned.builtAt());
		}

	}

}
