package io.gennaker.web.lock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.database.Timestamps;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of the locks.
 */
@Component
class LockRows {

	/**
	 * One that waits asks every few seconds. After a while of silence its workflow is
	 * gone, and it keeps nobody waiting.
	 */
	private static final int SILENT_SECONDS = 60;

	private static final String SELECT = """
			select l.*, e.pipeline, e.number from place_locks l join executions e on e.id = l.execution_id
			""";

	private static final String OPEN = "e.status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')";

	private final JdbcClient jdbc;

	LockRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Keeps others who ask for the place waiting until the transaction ends.
	 */
	void alone(Place place) {
		this.jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 20))")
			.param(place.toString())
			.query(Integer.class)
			.single();
	}

	/**
	 * Frees the place of executions that have ended without giving it back.
	 */
	void forgetEnded(Place place) {
		this.jdbc.sql("""
				delete from place_locks l using executions e where e.id = l.execution_id
				and l.cluster = ? and l.namespace = ? and l.release = ? and not %s""".formatted(OPEN))
			.params(place.cluster(), place.namespace(), place.release())
			.update();
	}

	void ticket(Place place, UUID execution, String stage) {
		this.jdbc.sql("""
				insert into place_locks (cluster, namespace, release, execution_id, stage_id) values (?, ?, ?, ?, ?)
				on conflict (cluster, namespace, release, execution_id, stage_id) do update set seen_at = now()""")
			.params(place.cluster(), place.namespace(), place.release(), execution, stage)
			.update();
	}

	/**
	 * Who holds the place.
	 */
	Optional<Lock> holder(Place place) {
		return this.jdbc
			.sql(SELECT + "where l.cluster = ? and l.namespace = ? and l.release = ? and l.token is not null")
			.params(place.cluster(), place.namespace(), place.release())
			.query((row, _) -> lock(row))
			.optional();
	}

	/**
	 * Whose turn it is.
	 */
	Optional<Lock> first(Place place) {
		return this.jdbc.sql(SELECT + """
				where l.cluster = ? and l.namespace = ? and l.release = ? and l.token is null
					and l.seen_at > now() - make_interval(secs => ?)
				order by l.ticket limit 1""")
			.params(place.cluster(), place.namespace(), place.release(), SILENT_SECONDS)
			.query((row, _) -> lock(row))
			.optional();
	}

	/**
	 * Gives the place to a ticket.
	 * @return its token, higher than any before
	 */
	long give(long ticket) {
		return this.jdbc.sql("""
				update place_locks set token = nextval('place_lock_tokens'), held_at = now() where ticket = ?
				returning token""").param(ticket).query(Long.class).single();
	}

	void remove(Place place, UUID execution, String stage) {
		this.jdbc.sql("""
				delete from place_locks where cluster = ? and namespace = ? and release = ? and execution_id = ?
				and stage_id = ?""")
			.params(place.cluster(), place.namespace(), place.release(), execution, stage)
			.update();
	}

	/**
	 * All that are held or waited for by executions that have not ended, by place and
	 * turn, the holder first.
	 */
	List<Lock> all() {
		return this.jdbc
			.sql(SELECT + "where " + OPEN
					+ " order by l.cluster, l.namespace, l.release, l.token is null, l.ticket limit 1000")
			.query((row, _) -> lock(row))
			.list();
	}

	/**
	 * Whether something is left of executions that have ended, and frees it.
	 */
	int forgetEnded() {
		return this.jdbc.sql("delete from place_locks l using executions e where e.id = l.execution_id and not " + OPEN)
			.update();
	}

	private static Lock lock(ResultSet row) throws SQLException {
		return new Lock(row.getLong("ticket"), row.getString("cluster"), row.getString("namespace"),
				row.getString("release"), row.getObject("execution_id", UUID.class), row.getString("pipeline"),
				row.getLong("number"), row.getString("stage_id"), row.getLong("token"),
				Timestamps.read(row, "asked_at"), Timestamps.find(row, "held_at"));
	}

}
