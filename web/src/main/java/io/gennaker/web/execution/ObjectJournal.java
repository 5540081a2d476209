package io.gennaker.web.execution;

import java.util.List;
import java.util.UUID;

import io.gennaker.activities.rollout.RolloutProgress;
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
				namespace, name, state, message, manifests)
			values (:execution, :stage, :cluster, :ordinal, :group, :component, :kind, :namespace, :name, :state,
				:message, :manifests)
			""";

	/** A cluster that goes back has the objects of other manifests. */
	private static final String FORGET = """
			delete from rollout_objects where execution_id = :execution and stage_id = :stage and cluster = :cluster
				and manifests is distinct from :manifests""";

	private static final String KEEP = INSERT + "on conflict do nothing";

	private static final String CHANGE = INSERT + """
			on conflict (execution_id, stage_id, cluster, ordinal) do update
			set state = excluded.state, message = excluded.message, changed_at = now()
			where (o.state, o.message) is distinct from (excluded.state, excluded.message)""";

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
				.update();
			objects.forEach((object) -> write(KEEP, rollout, object));
		});
	}

	@Override
	public void changed(RolloutRequest rollout, ObjectProgress object) {
		write(CHANGE, rollout, object);
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
			.update();
	}

}
