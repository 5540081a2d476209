package io.gennaker.web.execution;

import java.sql.Types;
import java.util.List;
import java.util.UUID;

import io.gennaker.activities.rollout.RolloutProgress;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.rollout.RolloutRequest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The objects of rollouts in PostgreSQL. Saying again what is known writes nothing, and
 * so wakes nobody.
 */
@Component
class ObjectJournal implements RolloutProgress {

	private static final String INSERT = """
			insert into rollout_objects as o (execution_id, stage_id, cluster, ordinal, group_index, component, kind,
				namespace, name, state, message, manifests, attempt)
			values (:execution, :stage, :cluster, :ordinal, :group, :component, :kind, :namespace, :name, :state,
				:message, :manifests, :attempt)
			""";

	/**
	 * A cluster that goes back has the objects of other manifests, one tried again its
	 * own anew.
	 */
	private static final String FORGET = """
			delete from rollout_objects where execution_id = :execution and stage_id = :stage and cluster = :cluster
				and (manifests, attempt) is distinct from (:manifests, :attempt)""";

	private static final String KEEP = INSERT + "on conflict do nothing";

	private static final String CHANGE = INSERT + """
			on conflict (execution_id, stage_id, cluster, ordinal) do update
			set state = excluded.state, message = excluded.message, changed_at = now()
			where (o.state, o.message) is distinct from (excluded.state, excluded.message)""";

	private static final String AWAY = """
			update cluster_rollouts set away_since = coalesce(away_since, :at), away_next = :next,
				away_until = :until, away_words = :words
			where execution_id = :execution and stage_id = :stage and cluster = :cluster and status = 'RUNNING'""";

	private static final String ANSWERS = """
			update cluster_rollouts set away_since = null, away_next = null, away_until = null, away_words = null
			where execution_id = ? and stage_id = ? and cluster = ? and away_since is not null""";

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	ObjectJournal(JdbcClient jdbc, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	@Override
	public void planned(RolloutRequest rollout, List<ObjectProgress> objects) {
		this.transactions.executeWithoutResult((_) -> {
			this.jdbc.sql(FORGET)
				.param("execution", UUID.fromString(rollout.executionId()))
				.param("stage", rollout.stageId())
				.param("cluster", rollout.cluster().name())
				.param("manifests", rollout.manifests())
				.param("attempt", rollout.attempt())
				.update();
			objects.forEach((object) -> write(KEEP, rollout, object));
		});
	}

	@Override
	public void changed(RolloutRequest rollout, ObjectProgress object) {
		write(CHANGE, rollout, object);
		if (object.state() != ObjectState.PENDING) {
			this.jdbc.sql(ANSWERS)
				.params(UUID.fromString(rollout.executionId()), rollout.stageId(), rollout.cluster().name())
				.update();
		}
	}

	@Override
	public void away(RolloutRequest rollout, Outage outage) {
		this.jdbc.sql(AWAY)
			.param("at", Timestamps.parameter(outage.at()))
			.param("next", Timestamps.parameter(outage.nextAttempt()))
			.param("until", Timestamps.nullable(outage.until()), Types.TIMESTAMP_WITH_TIMEZONE)
			.param("words", outage.words())
			.param("execution", UUID.fromString(rollout.executionId()))
			.param("stage", rollout.stageId())
			.param("cluster", rollout.cluster().name())
			.update();
	}

	private void write(String sql, RolloutRequest rollout, ObjectProgress object) {
		this.jdbc.sql(sql)
			.param("execution", UUID.fromString(rollout.executionId()))
			.param("stage", rollout.stageId())
			.param("cluster", rollout.cluster().name())
			.param("ordinal", object.ordinal())
			.param("group", object.group())
			.param("component", object.component())
			.param("kind", object.kind())
			.param("namespace", object.namespace())
			.param("name", object.name())
			.param("state", object.state().name())
			.param("message", object.message())
			.param("manifests", rollout.manifests())
			.param("attempt", rollout.attempt())
			.update();
	}

}
