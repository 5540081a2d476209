package io.gennaker.web.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When each release is compared, and what came of it. A place belongs to whoever claims
 * it first, so that several services share the work and none does it twice.
 */
@Component
class DriftTable {

	private static final String UNDER_WAY = """
			exists (select 1 from cluster_rollouts c join executions e on e.id = c.execution_id
				where c.cluster = d.cluster and c.namespace = d.namespace and c.release = d.release
				and c.status in ('RUNNING', 'WAITING', 'PAUSED')
				and e.status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED'))""";

	private final JdbcClient jdbc;

	private final JsonColumns json;

	DriftTable(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Takes in what was released since; first looks are spread over the time between two.
	 */
	void follow(Instant now, Duration every) {
		this.jdbc
			.sql("""
					insert into drift as d (cluster, namespace, release, execution_id, manifests, next_look)
					select n.cluster, n.namespace, n.release, n.execution_id, n.manifests,
						cast(:now as timestamptz) + cast(:seconds as int) * interval '1 second'
							* (abs(hashtext(n.cluster || '/' || n.namespace || '/' || n.release)::bigint) % 1000) / 1000
					from (select distinct on (cluster, namespace, release) cluster, namespace, release, execution_id, manifests
						from releases order by cluster, namespace, release, id desc) n
					on conflict (cluster, namespace, release) do update
					set execution_id = excluded.execution_id, manifests = excluded.manifests, state = null, message = '',
						digest = '', objects = '[]', looks = 0, since = null, looked_at = null,
						next_look = excluded.next_look
					where d.execution_id <> excluded.execution_id or d.manifests <> excluded.manifests""")
			.param("now", Timestamps.parameter(now))
			.param("seconds", (int) every.toSeconds())
			.update();
	}

	/**
	 * Claims the place that is due longest; whoever asked comes first.
	 * @param scheduled whether places are due by themselves
	 * @param busy clusters to leave alone
	 */
	Optional<Claim> claim(Instant now, Duration every, boolean scheduled, Collection<String> busy) {
		return this.jdbc.sql("""
				update drift set asked = false, next_look = cast(:next as timestamptz)
				where (cluster, namespace, release) = (select d.cluster, d.namespace, d.release from drift d
					where (d.asked or (:scheduled and d.next_look <= cast(:now as timestamptz)))
					and not (d.cluster = any(cast(:busy as text[]))) and not\s""" + UNDER_WAY + """
				\s order by d.asked desc, d.next_look for update of d skip locked limit 1)
				returning cluster, namespace, release, execution_id, manifests""")
			.param("next", Timestamps.parameter(now.plus(every)))
			.param("now", Timestamps.parameter(now))
			.param("scheduled", scheduled)
			.param("busy", busy.toArray(String[]::new))
			.query((row, _) -> new Claim(row.getString("cluster"), row.getString("namespace"), row.getString("release"),
					row.getObject("execution_id", UUID.class), row.getString("manifests")))
			.optional();
	}

	/**
	 * Whether anything was released at a place.
	 */
	boolean knows(String cluster, String namespace, String release) {
		return this.jdbc.sql("select exists (select 1 from drift where cluster = ? and namespace = ? and release = ?)")
			.params(cluster, namespace, release)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Wants a look at every place before its time.
	 * @return how many there are
	 */
	int ask() {
		return this.jdbc.sql("update drift set asked = true").update();
	}

	/**
	 * A place as it is now, where a look would tell something: not while a rollout goes
	 * on there.
	 */
	Optional<Claim> place(String cluster, String namespace, String release) {
		return this.jdbc
			.sql("select d.* from drift d where d.cluster = ? and d.namespace = ? and d.release = ? and not "
					+ UNDER_WAY)
			.params(cluster, namespace, release)
			.query((row, _) -> new Claim(row.getString("cluster"), row.getString("namespace"), row.getString("release"),
					row.getObject("execution_id", UUID.class), row.getString("manifests")))
			.optional();
	}

	/**
	 * Keeps what a look found, unless a rollout has begun or ended there meanwhile.
	 * @return in how many looks, one after the other, the same was found; 0 where it is
	 * not kept
	 */
	int keep(Claim claim, DriftLook look, Instant at) {
		return this.jdbc
			.sql("""
					update drift as d set state = :state, message = :message, objects = :objects::jsonb, digest = :digest,
						looks = case when d.state = :state and d.digest = :digest then d.looks + 1 else 1 end,
						since = case when d.state = :state and d.digest = :digest then d.since else cast(:at as timestamptz) end,
						looked_at = cast(:at as timestamptz),
						answered_at = case when :state = 'UNKNOWN' then d.answered_at else cast(:at as timestamptz) end
					where d.cluster = :cluster and d.namespace = :namespace and d.release = :release
					and d.execution_id = :execution and d.manifests = :manifests and not\s"""
					+ UNDER_WAY + """
							\s returning looks""")
			.param("state", look.state().name())
			.param("message", look.message())
			.param("objects", this.json.write(look.objects()))
			.param("digest", look.digest())
			.param("at", Timestamps.parameter(at))
			.param("cluster", claim.cluster())
			.param("namespace", claim.namespace())
			.param("release", claim.release())
			.param("execution", claim.executionId())
			.param("manifests", claim.manifests())
			.query(Integer.class)
			.optional()
			.orElse(0);
	}

	/**
	 * A release that is compared now.
	 *
	 * @param executionId the execution that left it
	 * @param manifests the digest of its manifests
	 */
	record Claim(String cluster, String namespace, String release, UUID executionId, String manifests) {
	}

}
