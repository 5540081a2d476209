package io.gennaker.web.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.activities.rollout.DriftLook.DriftedObject;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what was found when releases were compared with their clusters. What was found of
 * an earlier release than the newest is left out.
 */
@Component
public class DriftReads {

	private static final TypeReference<List<DriftedObject>> OBJECTS = new TypeReference<>() {
	};

	private static final String NEWEST = """
			from drift d join lateral (select r.execution_id, r.manifests from releases r
				where r.cluster = d.cluster and r.namespace = d.namespace and r.release = d.release
				order by r.id desc limit 1) n on n.execution_id = d.execution_id and n.manifests = d.manifests
			where d.state is not null""";

	private final JdbcClient jdbc;

	private final JsonColumns json;

	DriftReads(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * What was found of every place that was looked at.
	 */
	public Map<Drift.Place, Drift.Standing> all() {
		Map<Drift.Place, Drift.Standing> found = new HashMap<>();
		this.jdbc
			.sql("select d.cluster, d.namespace, d.release, d.state, d.message, d.looks, d.since, d.looked_at,"
					+ " d.answered_at, jsonb_array_length(d.objects) as drifted " + NEWEST)
			.query((row, _) -> found.put(place(row), standing(row)))
			.list();
		return found;
	}

	/**
	 * What was found of a place, if it was looked at.
	 */
	public Optional<Drift> of(String cluster, String namespace, String release) {
		return this.jdbc
			.sql("select d.*, jsonb_array_length(d.objects) as drifted " + NEWEST
					+ " and d.cluster = ? and d.namespace = ? and d.release = ?")
			.params(cluster, namespace, release)
			.query((row, _) -> new Drift(row.getString("cluster"), row.getString("namespace"), row.getString("release"),
					standing(row), row.getObject("execution_id", UUID.class), row.getString("digest"),
					this.json.read(row, "objects", OBJECTS)))
			.optional();
	}

	private static Drift.Place place(ResultSet row) throws SQLException {
		return new Drift.Place(row.getString("cluster"), row.getString("namespace"), row.getString("release"));
	}

	private static Drift.Standing standing(ResultSet row) throws SQLException {
		return new Drift.Standing(DriftLook.State.valueOf(row.getString("state")), row.getString("message"),
				row.getInt("drifted"), row.getInt("looks"), Timestamps.read(row, "since"),
				Timestamps.read(row, "looked_at"), Timestamps.find(row, "answered_at"));
	}

}
