package io.gennaker.web.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.web.pipeline.Revisions;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Starts the workflows of executions that are written, in order and as many of a pipeline
 * at once as it allows. Works from the rows alone, so that a service that was killed goes
 * on where it was; several may do so at once. {@link LaunchSchedule} says when.
 */
@Component
class ExecutionLauncher {

	private static final Logger log = LoggerFactory.getLogger(ExecutionLauncher.class);

	private static final TypeReference<List<Cluster>> CLUSTERS = new TypeReference<>() {
	};

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, Object>> VALUES_BY_NAME = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final Revisions revisions;

	private final ExecutionRows rows;

	private final EventWriter events;

	private final ReleaseEngine engine;

	ExecutionLauncher(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, Revisions revisions,
			ExecutionRows rows, EventWriter events, ReleaseEngine engine) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.revisions = revisions;
		this.rows = rows;
		this.events = events;
		this.engine = engine;
	}

	/**
	 * Admits executions whose turn it is and starts the workflows of all that are
	 * admitted.
	 */
	void launch() {
		for (String pipeline : withoutTurn()) {
			this.transactions.executeWithoutResult((_) -> admit(pipeline));
		}
		for (UUID id : admitted()) {
			if (!attempt(id)) {
				return;
			}
		}
	}

	/**
	 * One execution that cannot be started must not keep the others from it.
	 */
	private boolean attempt(UUID id) {
		try {
			return Boolean.TRUE.equals(this.transactions.execute((_) -> launch(id)));
		}
		catch (RuntimeException ex) {
			log.error("Execution {} could not be started and will be tried again", id, ex);
			return true;
		}
	}

	private List<String> withoutTurn() {
		return this.jdbc.sql("""
				select distinct pipeline from executions where admitted_at is null
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')""")
			.query((row, _) -> row.getString("pipeline"))
			.list();
	}

	private List<UUID> admitted() {
		return this.jdbc.sql("""
				select id from executions where admitted_at is not null and launched_at is null
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') order by id""")
			.query((row, _) -> row.getObject("id", UUID.class))
			.list();
	}

	private void admit(String pipeline) {
		this.jdbc.sql("select 1 from pipelines where name = ? for update")
			.param(pipeline)
			.query(Integer.class)
			.single();
		List<ExecutionRows.Ahead> open = this.rows.open(pipeline);
		long running = open.stream().filter(ExecutionRows.Ahead::admitted).count();
		for (int i = 0; i < open.size(); i++) {
			ExecutionRows.Ahead one = open.get(i);
			if (one.admitted()) {
				continue;
			}
			if (running < one.concurrency()) {
				this.jdbc.sql("update executions set admitted_at = now() where id = ?").param(one.id()).update();
				running++;
			}
			else {
				say(one.id(), ExecutionRows.waitsFor(pipeline, open.subList(0, i)));
			}
		}
	}

	/**
	 * Starts one workflow while holding its row, so that a cancellation comes before or
	 * after but not in between.
	 * @return false where there is no sense in trying others
	 */
	private boolean launch(UUID id) {
		Optional<Row> row = this.jdbc.sql("""
				select * from executions where id = ? and launched_at is null
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') for update skip locked""")
			.param(id)
			.query((found, _) -> row(found))
			.optional();
		if (row.isEmpty()) {
			return true;
		}
		switch (row.get().pipeline(this.revisions)) {
			case ReadResult.Invalid(List<Problem> problems) ->
				this.rows.end(id, Status.FAILED, "its revision can no longer be read: " + problems.getFirst(), false);
			case ReadResult.Valid(Pipeline pipeline) -> {
				try {
					this.engine.start(row.get().request(pipeline));
				}
				catch (EngineUnavailableException ex) {
					log.warn("Execution {} waits for Temporal: {}", id, ex.getMessage());
					say(id, "waits for Temporal, which does not answer");
					return false;
				}
				launched(id);
			}
		}
		return true;
	}

	private void launched(UUID id) {
		this.jdbc.sql("""
				update executions set launched_at = now(),
					status = case when sequence < 0 then 'PENDING' else status end,
					message = case when sequence < 0 then null else message end
				where id = ?""").param(id).update();
	}

	/**
	 * Tells what an execution waits for whose workflow has not been started.
	 */
	private void say(UUID id, String message) {
		int changed = this.jdbc.sql("""
				update executions set status = 'WAITING', message = ?
				where id = ? and launched_at is null and message is distinct from ?
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')""").params(message, id, message).update();
		if (changed > 0) {
			this.events.write(id, "execution", null, null, Status.WAITING, message);
		}
	}

	private Row row(ResultSet row) throws SQLException {
		ReleaseRequest.Trigger trigger = new ReleaseRequest.Trigger(row.getString("trigger_type"),
				row.getString("started_by"), this.json.read(row, "pushed", TEXTS),
				this.json.read(row, "trigger_facts", TEXTS_BY_NAME));
		return new Row(row.getObject("id", UUID.class), row.getLong("number"), row.getObject("revision_id", UUID.class),
				this.json.read(row, "inventory", CLUSTERS), this.json.read(row, "parameters", VALUES_BY_NAME),
				this.json.read(row, "artifacts", TEXTS_BY_NAME), trigger,
				Optional.ofNullable(row.getString("plan")).map(ExecutionPlan::read).orElse(null));
	}

	private record Row(UUID id, long number, UUID revision, List<Cluster> inventory, Map<String, Object> parameters,
			Map<String, String> artifacts, ReleaseRequest.Trigger trigger, @Nullable ExecutionPlan plan) {

		/**
		 * A graph that was made for the execution needs no revision.
		 */
		ReadResult pipeline(Revisions revisions) {
			Pipeline own = (this.plan != null) ? this.plan.pipeline() : null;
			return (own != null) ? new ReadResult.Valid(own) : revisions.read(this.revision, this.inventory);
		}

		ReleaseRequest request(Pipeline pipeline) {
			return new ReleaseRequest(this.id.toString(), this.number, this.revision.toString(), pipeline,
					this.inventory, this.parameters, this.artifacts, this.trigger,
					(this.plan != null) ? this.plan.kind() : new ReleaseKind.Forward());
		}

	}

}
