package io.gennaker.web.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads executions as the journal left them.
 */
@Component
public class ExecutionReads {

	private static final int LARGEST_PAGE = 200;

	private static final TypeReference<List<ExecutionSummary.StageState>> STAGE_STATES = new TypeReference<>() {
	};

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, Object>> VALUES_BY_NAME = new TypeReference<>() {
	};

	private static final TypeReference<List<Cluster>> CLUSTERS = new TypeReference<>() {
	};

	private static final TypeReference<Bindings> BINDINGS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	ExecutionReads(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * A part of the list of executions.
	 * @param limit how many at most; more than 200 gives 200
	 */
	public ExecutionPage list(ExecutionFilter filter, int limit) {
		int size = Math.clamp(limit, 1, LARGEST_PAGE);
		StringBuilder where = new StringBuilder("true");
		List<Object> parameters = new ArrayList<>();
		if (filter.pipeline() != null) {
			where.append(" and e.pipeline = ?");
			parameters.add(filter.pipeline());
		}
		if (filter.status() != null) {
			where.append(" and e.status = ?");
			parameters.add(filter.status().name());
		}
		if (filter.open()) {
			where.append(" and e.status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED')");
		}
		if (filter.cursor() != null) {
			where.append(" and e.id < ?");
			parameters.add(filter.cursor());
		}
		parameters.add(size + 1);
		List<ExecutionSummary> found = this.jdbc.sql("""
				with page as (select * from executions e where %s order by e.id desc limit ?)
				select page.*, coalesce((select json_agg(json_build_object('id', s.stage_id, 'type', s.type,
					'status', s.status) order by s.ordinal) from stages s where s.execution_id = page.id), '[]') as bar
				from page order by page.id desc""".formatted(where))
			.params(parameters)
			.query((row, _) -> summary(row))
			.list();
		boolean more = found.size() > size;
		List<ExecutionSummary> items = more ? found.subList(0, size) : found;
		return new ExecutionPage(items, more ? items.getLast().id() : null);
	}

	/**
	 * One execution, all of it as of one moment.
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public Optional<ExecutionDetail> find(UUID id) {
		return this.jdbc.sql("""
				select e.*, r.number as revision from executions e join revisions r on r.id = e.revision_id
				where e.id = ?""").param(id).query((row, _) -> detail(row, stages(id), clusters(id))).optional();
	}

	/**
	 * The clusters that there were when an execution was started; none for one that is
	 * not.
	 */
	public List<Cluster> inventory(UUID id) {
		return this.jdbc.sql("select inventory from executions where id = ?")
			.param(id)
			.query((row, _) -> this.json.read(row, "inventory", CLUSTERS))
			.optional()
			.orElse(List.of());
	}

	/**
	 * How old what an execution brings is: as old as the execution, unless it goes on
	 * from an earlier one.
	 */
	public Instant builtAt(UUID id) {
		return this.jdbc.sql("select coalesce(built_at, created_at) as built_at from executions where id = ?")
			.param(id)
			.query((row, _) -> Timestamps.read(row, "built_at"))
			.single();
	}

	/**
	 * The id of a pipeline's execution by its number.
	 */
	public Optional<UUID> idOf(String pipeline, long number) {
		return this.jdbc.sql("select id from executions where pipeline = ? and number = ?")
			.params(pipeline, number)
			.query(UUID.class)
			.optional();
	}

	/**
	 * Where an execution stands; empty for one that is not.
	 */
	public Optional<Status> status(UUID id) {
		return this.jdbc.sql("select status from executions where id = ?")
			.param(id)
			.query((row, _) -> Status.valueOf(row.getString("status")))
			.optional();
	}

	/**
	 * The objects of one cluster's rollout, in the order in which they are applied.
	 */
	public List<RolloutObject> objects(UUID id, String stageId, String cluster) {
		return this.jdbc.sql("""
				select * from rollout_objects where execution_id = ? and stage_id = ? and cluster = ?
				order by ordinal""").params(id, stageId, cluster).query((row, _) -> object(row)).list();
	}

	/**
	 * What happened to an execution, oldest first.
	 * @param after the id of the last event that is known; 0 for none
	 */
	public List<ExecutionEvent> events(UUID id, long after, int limit) {
		return this.jdbc.sql("select * from events where execution_id = ? and id > ? order by id limit ?")
			.params(id, after, limit)
			.query((row, _) -> event(row))
			.list();
	}

	/**
	 * The newest things that happened to an execution, newest first.
	 */
	public List<ExecutionEvent> newestEvents(UUID id, int limit) {
		return this.jdbc.sql("select * from events where execution_id = ? order by id desc limit ?")
			.params(id, limit)
			.query((row, _) -> event(row))
			.list();
	}

	List<ExecutionAnswer.WaitingGate> waitingGates(UUID id) {
		return this.jdbc.sql("""
				select g.*, (select count(*) from decisions d where d.execution_id = g.execution_id
					and d.stage_id = g.stage_id and d.decision = 'approve'
					and d.outcome is distinct from 'REFUSED') as approvals
				from gates g where g.execution_id = ? and g.closed_at is null order by g.opened_at""")
			.param(id)
			.query((row, _) -> new ExecutionAnswer.WaitingGate(row.getString("stage_id"),
					Timestamps.read(row, "opened_at"), Timestamps.find(row, "deadline"), row.getInt("count"),
					row.getInt("approvals")))
			.list();
	}

	private List<ExecutionDetail.StageDetail> stages(UUID id) {
		return this.jdbc.sql("select * from stages where execution_id = ? order by ordinal")
			.param(id)
			.query((row, _) -> stage(row))
			.list();
	}

	private List<ExecutionDetail.ClusterRollout> clusters(UUID id) {
		return this.jdbc
			.sql("""
					select c.*, o.objects, o.healthy from cluster_rollouts c
					join stages s using (execution_id, stage_id)
					cross join lateral (select count(*) as objects, count(*) filter (where o.state in ('HEALTHY', 'DELETED'))
							as healthy
						from rollout_objects o where o.execution_id = c.execution_id and o.stage_id = c.stage_id
						and o.cluster = c.cluster) o
					where c.execution_id = ? order by s.ordinal, c.wave, c.cluster""")
			.param(id)
			.query((row, _) -> cluster(row))
			.list();
	}

	private ExecutionSummary summary(ResultSet row) throws SQLException {
		return new ExecutionSummary(row.getObject("id", UUID.class), row.getString("pipeline"), row.getLong("number"),
				Status.valueOf(row.getString("status")), row.getString("message"), row.getBoolean("lost"),
				row.getString("trigger_type"), row.getString("started_by"), Timestamps.read(row, "created_at"),
				Timestamps.find(row, "started_at"), Timestamps.find(row, "ended_at"),
				this.json.read(row, "bar", STAGE_STATES));
	}

	private ExecutionDetail detail(ResultSet row, List<ExecutionDetail.StageDetail> stages,
			List<ExecutionDetail.ClusterRollout> clusters) throws SQLException {
		return new ExecutionDetail(row.getObject("id", UUID.class), row.getString("pipeline"), row.getLong("number"),
				row.getObject("revision_id", UUID.class), row.getInt("revision"),
				Status.valueOf(row.getString("status")), row.getString("message"), row.getBoolean("lost"),
				new ExecutionDetail.TriggerFacts(row.getString("trigger_type"), row.getString("started_by"),
						this.json.read(row, "pushed", TEXTS), this.json.read(row, "trigger_facts", TEXTS_BY_NAME)),
				this.json.read(row, "parameters", VALUES_BY_NAME), this.json.read(row, "artifacts", TEXTS_BY_NAME),
				this.json.find(row, "bindings", BINDINGS).orElse(null), Timestamps.find(row, "launched_at") != null,
				Timestamps.read(row, "created_at"), Timestamps.find(row, "started_at"),
				Timestamps.find(row, "ended_at"), stages, clusters, origin(row.getObject("id", UUID.class)),
				successors(row.getObject("id", UUID.class)));
	}

	private ExecutionDetail.@Nullable Relative origin(UUID id) {
		return this.jdbc.sql("""
				select e.kind, e.restart_from, o.id, o.pipeline, o.number, o.status from executions e
				join executions o on o.id = e.origin where e.id = ?""")
			.param(id)
			.query((row, _) -> relative(row))
			.optional()
			.orElse(null);
	}

	private List<ExecutionDetail.Relative> successors(UUID id) {
		return this.jdbc.sql("""
				select kind, restart_from, id, pipeline, number, status from executions
				where origin = ? order by id""").param(id).query((row, _) -> relative(row)).list();
	}

	private static ExecutionDetail.Relative relative(ResultSet row) throws SQLException {
		return new ExecutionDetail.Relative(row.getString("kind"), row.getObject("id", UUID.class),
				row.getString("pipeline"), row.getLong("number"), row.getString("restart_from"),
				Status.valueOf(row.getString("status")));
	}

	private ExecutionDetail.StageDetail stage(ResultSet row) throws SQLException {
		return new ExecutionDetail.StageDetail(row.getString("stage_id"), row.getString("type"),
				Status.valueOf(row.getString("status")), row.getString("message"), Timestamps.find(row, "wait_until"),
				this.json.read(row, "outputs", TEXTS_BY_NAME), Timestamps.find(row, "started_at"),
				Timestamps.find(row, "ended_at"));
	}

	private static ExecutionDetail.ClusterRollout cluster(ResultSet row) throws SQLException {
		return new ExecutionDetail.ClusterRollout(row.getString("stage_id"), row.getString("cluster"),
				row.getInt("wave"), Status.valueOf(row.getString("status")), row.getString("group_title"),
				row.getString("message"), row.getString("namespace"), row.getString("release"), row.getString("bake"),
				row.getString("manifests"), row.getInt("objects"), row.getInt("healthy"),
				Timestamps.find(row, "started_at"), Timestamps.find(row, "ended_at"), away(row));
	}

	private static ExecutionDetail.@Nullable Away away(ResultSet row) throws SQLException {
		return (Timestamps.find(row, "away_since") == null) ? null
				: new ExecutionDetail.Away(Timestamps.read(row, "away_since"), Timestamps.read(row, "away_next"),
						Timestamps.find(row, "away_until"), row.getString("away_words"));
	}

	private static RolloutObject object(ResultSet row) throws SQLException {
		return new RolloutObject(row.getInt("ordinal"), row.getInt("group_index"), row.getString("component"),
				row.getString("kind"), row.getString("namespace"), row.getString("name"),
				ObjectState.valueOf(row.getString("state")), row.getString("message"),
				Timestamps.read(row, "changed_at"));
	}

	private static ExecutionEvent event(ResultSet row) throws SQLException {
		String status = row.getString("status");
		return new ExecutionEvent(row.getLong("id"), Timestamps.read(row, "at"), row.getString("kind"),
				row.getString("stage_id"), row.getString("cluster"), (status != null) ? Status.valueOf(status) : null,
				row.getString("message"));
	}

}
