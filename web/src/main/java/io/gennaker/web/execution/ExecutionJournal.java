package io.gennaker.web.execution;

import java.sql.Types;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.journal.ClusterEntries;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The journal in PostgreSQL. Entries may come twice and in any order: each row keeps the
 * sequence of the newest that it took, and takes only newer ones.
 */
@Component
class ExecutionJournal implements JournalActivities {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final EventWriter events;

	private final ApplicationEventPublisher publisher;

	ExecutionJournal(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, EventWriter events,
			ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.events = events;
		this.publisher = publisher;
	}

	@Override
	public void execution(ExecutionEntry entry) {
		UUID id = UUID.fromString(entry.executionId());
		this.transactions.executeWithoutResult((_) -> {
			if (!this.events.lock(id)) {
				return;
			}
			Standing before = standing("select status, message, sequence from executions where id = ?", id)
				.orElseThrow();
			if (before.sequence() >= entry.sequence()) {
				return;
			}
			update(id, entry);
			if (!before.same(entry.status(), entry.message())) {
				this.events.write(id, "execution", null, null, entry.status(), words(entry.status(), entry.message()));
			}
		});
		if (entry.status().ended()) {
			this.publisher.publishEvent(new ExecutionEnded(id));
		}
	}

	private void update(UUID id, ExecutionEntry entry) {
		this.jdbc.sql("""
				update executions set status = :status, message = :message, sequence = :sequence, lost = false,
					bindings = coalesce(:bindings::jsonb, bindings), started_at = coalesce(started_at, :at),
					ended_at = case when :ended then :at::timestamptz end
				where id = :id""")
			.param("status", entry.status().name())
			.param("message", entry.message())
			.param("sequence", entry.sequence())
			.param("bindings", (entry.bindings() != null) ? this.json.write(entry.bindings()) : null)
			.param("at", Timestamps.parameter(entry.at()))
			.param("ended", entry.status().ended())
			.param("id", id)
			.update();
	}

	@Override
	public void stage(StageEntry entry) {
		UUID id = UUID.fromString(entry.executionId());
		this.transactions.executeWithoutResult((_) -> {
			if (!this.events.lock(id)) {
				return;
			}
			Optional<Standing> before = standing(
					"select status, message, sequence from stages where execution_id = ? and stage_id = ?", id,
					entry.stageId());
			if (before.isEmpty() || before.get().sequence() >= entry.sequence()) {
				return;
			}
			update(id, entry);
			if (!before.get().same(entry.status(), entry.message())) {
				this.events.write(id, "stage", entry.stageId(), null, entry.status(),
						words(entry.status(), entry.message()));
			}
		});
	}

	private void update(UUID id, StageEntry entry) {
		this.jdbc.sql("""
				update stages set status = :status, message = :message, sequence = :sequence, wait_until = :until,
					outputs = outputs || :outputs::jsonb, changed_at = :at,
					started_at = case when :began then coalesce(started_at, :at) else started_at end,
					ended_at = case when :ended then :at::timestamptz end
				where execution_id = :id and stage_id = :stage""")
			.param("status", entry.status().name())
			.param("message", entry.message())
			.param("sequence", entry.sequence())
			.param("until", Timestamps.nullable(entry.until()), Types.TIMESTAMP_WITH_TIMEZONE)
			.param("outputs", this.json.write(entry.outputs()))
			.param("at", Timestamps.parameter(entry.at()))
			.param("began", began(entry.status()))
			.param("ended", entry.status().ended())
			.param("id", id)
			.param("stage", entry.stageId())
			.update();
	}

	@Override
	public void cluster(ClusterEntry entry) {
		UUID id = UUID.fromString(entry.executionId());
		this.transactions.executeWithoutResult((_) -> {
			if (!this.events.lock(id)) {
				return;
			}
			Optional<Standing> before = standing("""
					select status, message, sequence from cluster_rollouts
					where execution_id = ? and stage_id = ? and cluster = ?""", id, entry.stageId(), entry.cluster());
			if (before.isPresent() && before.get().sequence() >= entry.sequence()) {
				return;
			}
			upsert(id, entry);
			if (before.isEmpty() || !before.get().same(entry.status(), entry.message())) {
				this.events.write(id, "cluster", entry.stageId(), entry.cluster(), entry.status(),
						words(entry.status(), (entry.message() != null) ? entry.message() : entry.group()));
			}
		});
	}

	@Override
	public void clusters(ClusterEntries entries) {
		this.transactions.executeWithoutResult((_) -> entries.entries().forEach(this::cluster));
	}

	private void upsert(UUID id, ClusterEntry entry) {
		ClusterEntry.RolloutReference rollout = entry.rollout();
		this.jdbc.sql("""
				insert into cluster_rollouts as c (execution_id, stage_id, cluster, wave, status, group_title, message,
					namespace, release, bake, manifests, sequence, started_at, ended_at, changed_at)
				values (:id, :stage, :cluster, :wave, :status, :group, :message, :namespace, :release, :bake,
					:manifests, :sequence, case when :began then :at::timestamptz end,
					case when :ended then :at::timestamptz end, :at)
				on conflict (execution_id, stage_id, cluster) do update set wave = excluded.wave,
					status = excluded.status, group_title = excluded.group_title, message = excluded.message,
					namespace = coalesce(excluded.namespace, c.namespace),
					release = coalesce(excluded.release, c.release), bake = coalesce(excluded.bake, c.bake),
					manifests = coalesce(excluded.manifests, c.manifests), sequence = excluded.sequence,
					started_at = coalesce(c.started_at, excluded.started_at), ended_at = excluded.ended_at,
					changed_at = excluded.changed_at, away_since = null, away_next = null, away_until = null,
					away_words = null""")
			.param("id", id)
			.param("stage", entry.stageId())
			.param("cluster", entry.cluster())
			.param("wave", entry.wave())
			.param("status", entry.status().name())
			.param("group", entry.group())
			.param("message", entry.message())
			.param("namespace", (rollout != null) ? rollout.namespace() : null)
			.param("release", (rollout != null) ? rollout.release() : null)
			.param("bake", (rollout != null) ? rollout.bake() : null)
			.param("manifests", (rollout != null) ? rollout.manifests() : null)
			.param("sequence", entry.sequence())
			.param("began", began(entry.status()))
			.param("ended", entry.status().ended())
			.param("at", Timestamps.parameter(entry.at()))
			.update();
	}

	@Override
	public void release(ReleaseEntry entry) {
		UUID id = UUID.fromString(entry.executionId());
		this.transactions.executeWithoutResult((_) -> {
			if (!this.events.lock(id)) {
				return;
			}
			int added = this.jdbc.sql("""
					insert into releases (cluster, namespace, release, execution_id, stage_id, bake, manifests,
						artifacts, released_at)
					values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
					on conflict on constraint releases_once do update
					set id = default, bake = excluded.bake, artifacts = excluded.artifacts,
						released_at = excluded.released_at
					where excluded.released_at > releases.released_at""")
				.params(entry.cluster(), entry.namespace(), entry.release(), id, entry.stageId(), entry.bake(),
						entry.manifests(), this.json.write(entry.artifacts()), Timestamps.parameter(entry.at()))
				.update();
			if (added > 0) {
				this.events.write(id, "release", entry.stageId(), entry.cluster(), Status.SUCCEEDED,
						"%s runs in namespace %s of %s".formatted(entry.release(), entry.namespace(), entry.cluster()));
			}
		});
	}

	private Optional<Standing> standing(String sql, Object... keys) {
		return this.jdbc.sql(sql)
			.params(keys)
			.query((row, _) -> new Standing(Status.valueOf(row.getString("status")), row.getString("message"),
					row.getLong("sequence")))
			.optional();
	}

	/**
	 * Whether something with this status has begun; what was skipped never has.
	 */
	private static boolean began(Status status) {
		return switch (status) {
			case RUNNING, WAITING, PAUSED, SUCCEEDED, FAILED -> true;
			case PENDING, CANCELED, SKIPPED -> false;
		};
	}

	private static String words(Status status, @Nullable String message) {
		return (message != null && !message.isBlank()) ? message : switch (status) {
			case PENDING -> "still to come";
			case RUNNING -> "running";
			case WAITING -> "waiting";
			case PAUSED -> "paused";
			case SUCCEEDED -> "succeeded";
			case FAILED -> "failed";
			case CANCELED -> "canceled";
			case SKIPPED -> "skipped";
		};
	}

	private record Standing(Status status, @Nullable String message, long sequence) {

		boolean same(Status newStatus, @Nullable String newMessage) {
			return this.status == newStatus && Objects.equals(this.message, newMessage);
		}

	}

}
