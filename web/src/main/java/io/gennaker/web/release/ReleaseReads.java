package io.gennaker.web.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.binding.BoundArtifact;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what runs where.
 */
@Component
public class ReleaseReads {

	private static final TypeReference<Map<String, BoundArtifact>> ARTIFACTS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	ReleaseReads(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * The newest release of every place, by cluster, namespace and name.
	 */
	public List<Release> current() {
		return this.jdbc.sql("""
				select distinct on (r.cluster, r.namespace, r.release) r.*, e.pipeline, e.number
				from releases r join executions e on e.id = r.execution_id
				order by r.cluster, r.namespace, r.release, r.id desc""").query((row, _) -> release(row)).list();
	}

	/**
	 * The newest release of one place.
	 */
	public Optional<Release> current(String cluster, String namespace, String release) {
		return history(cluster, namespace, release, 1).stream().findFirst();
	}

	/**
	 * The releases of one place, newest first.
	 */
	public List<Release> history(String cluster, String namespace, String release, int limit) {
		return this.jdbc.sql("""
				select r.*, e.pipeline, e.number from releases r join executions e on e.id = r.execution_id
				where r.cluster = ? and r.namespace = ? and r.release = ? order by r.id desc limit ?""")
			.params(cluster, namespace, release, limit)
			.query((row, _) -> release(row))
			.list();
	}

	/**
	 * The newest release of one place that another execution left.
	 */
	public Optional<Release> before(UUID execution, String cluster, String namespace, String release) {
		return this.jdbc.sql("""
				select r.*, e.pipeline, e.number from releases r join executions e on e.id = r.execution_id
				where r.cluster = ? and r.namespace = ? and r.release = ? and r.execution_id <> ?
				order by r.id desc limit 1""")
			.params(cluster, namespace, release, execution)
			.query((row, _) -> release(row))
			.optional();
	}

	/**
	 * One release of a place.
	 */
	public Optional<Release> find(long id) {
		return this.jdbc.sql("""
				select r.*, e.pipeline, e.number from releases r join executions e on e.id = r.execution_id
				where r.id = ?""").param(id).query((row, _) -> release(row)).optional();
	}

	/**
	 * What ran in a place when an execution first changed it: the newest release before
	 * its own first one there or, where it left none, before it began.
	 * @param began when the execution's rollout to the place began
	 */
	public Optional<Release> whenBegan(UUID execution, String cluster, String namespace, String release,
			Instant began) {
		return this.jdbc.sql("""
				select r.*, e.pipeline, e.number from releases r join executions e on e.id = r.execution_id
				where r.cluster = :cluster and r.namespace = :namespace and r.release = :release
					and r.execution_id <> :execution
					and coalesce(r.id < (select min(own.id) from releases own where own.cluster = r.cluster
						and own.namespace = r.namespace and own.release = r.release
						and own.execution_id = :execution), r.released_at <= :began)
				order by r.id desc limit 1""")
			.param("cluster", cluster)
			.param("namespace", namespace)
			.param("release", release)
			.param("execution", execution)
			.param("began", Timestamps.parameter(began))
			.query((row, _) -> release(row))
			.optional();
	}

	/**
	 * The newest release of one place whose manifests are not those that run there now.
	 */
	public Optional<Release> previous(String cluster, String namespace, String release) {
		return this.jdbc.sql("""
				with place as (select * from releases where cluster = ? and namespace = ? and release = ?)
				select r.*, e.pipeline, e.number from place r join executions e on e.id = r.execution_id
				where r.manifests <> (select manifests from place order by id desc limit 1)
				order by r.id desc limit 1""")
			.params(cluster, namespace, release)
			.query((row, _) -> release(row))
			.optional();
	}

	/**
	 * The newest releases of one cluster over all its places, newest first.
	 */
	public List<Release> history(String cluster, int limit) {
		return this.jdbc.sql("""
				select r.*, e.pipeline, e.number from releases r join executions e on e.id = r.execution_id
				where r.cluster = ? order by r.id desc limit ?""")
			.params(cluster, limit)
			.query((row, _) -> release(row))
			.list();
	}

	/**
	 * The rollouts that are under way.
	 */
	public List<Release.Underway> underway() {
		return this.jdbc.sql("""
				select c.*, e.pipeline, e.number from cluster_rollouts c join executions e on e.id = c.execution_id
				where e.status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') and c.status in ('RUNNING', 'WAITING',
					'PAUSED') and c.release is not null order by c.cluster, e.id""")
			.query((row, _) -> new Release.Underway(row.getString("cluster"), row.getString("namespace"),
					row.getString("release"), row.getObject("execution_id", UUID.class), row.getString("pipeline"),
					row.getLong("number"), row.getString("stage_id")))
			.list();
	}

	private Release release(ResultSet row) throws SQLException {
		return new Release(row.getLong("id"), row.getString("cluster"), row.getString("namespace"),
				row.getString("release"), row.getObject("execution_id", UUID.class), row.getString("pipeline"),
				row.getLong("number"), row.getString("stage_id"), row.getString("bake"), row.getString("manifests"),
				this.json.read(row, "artifacts", ARTIFACTS), Timestamps.read(row, "released_at"));
	}

}
