package io.gennaker.web.pipeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads pipelines and their revisions.
 */
@Component
public class PipelineReads {

	private static final int NEWEST_REVISIONS = 50;

	private static final TypeReference<List<Problem>> PROBLEMS = new TypeReference<>() {
	};

	private static final TypeReference<List<ExecutionColumn>> EXECUTIONS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	private final Revisions revisions;

	private final Inventory inventory;

	PipelineReads(JdbcClient jdbc, JsonColumns json, Revisions revisions, Inventory inventory) {
		this.jdbc = jdbc;
		this.json = json;
		this.revisions = revisions;
		this.inventory = inventory;
	}

	/**
	 * All pipelines by name, also those that were never valid.
	 * @param executions how many of each one's last executions
	 */
	public List<PipelineSummary> list(int executions) {
		return this.jdbc.sql("""
				select p.name, p.source, p.problems, r.number, coalesce(r.description, '') as description, e.last
				from pipelines p left join revisions r on r.id = p.current_revision
				cross join lateral (select coalesce(json_agg(json_build_object('id', l.id, 'number', l.number,
					'status', l.status, 'createdAt', l.created_at, 'startedAt', l.started_at, 'endedAt', l.ended_at)
					order by l.id desc), '[]') as last
					from (select * from executions x where x.pipeline = p.name order by x.id desc limit ?) l) e
				order by p.name""").param(executions).query((row, _) -> summary(row)).list();
	}

	/**
	 * One pipeline with its current revision and its newest 50 revisions.
	 */
	public Optional<PipelineDetail> find(String name) {
		return this.jdbc.sql("select * from pipelines where name = ?")
			.param(name)
			.query((row, _) -> detail(row))
			.optional();
	}

	/**
	 * The current revision of every pipeline that has one which fits the clusters of
	 * today, by name.
	 */
	public List<Pipeline> current() {
		List<Pipeline> current = new ArrayList<>();
		List<UUID> revisions = this.jdbc
			.sql("select current_revision from pipelines where current_revision is not null order by name")
			.query((row, _) -> row.getObject("current_revision", UUID.class))
			.list();
		for (UUID revision : revisions) {
			switch (this.revisions.read(revision, this.inventory.clusters())) {
				case ReadResult.Valid(Pipeline pipeline) -> current.add(pipeline);
				case ReadResult.Invalid _ -> {
					// Its page tells; nothing can start it.
				}
			}
		}
		return List.copyOf(current);
	}

	/**
	 * Whether there is such a pipeline, valid or not.
	 */
	public boolean exists(String name) {
		return this.jdbc.sql("select 1 from pipelines where name = ?")
			.param(name)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * The revisions of a pipeline, newest first.
	 * @param before only those with a smaller number; {@code Integer.MAX_VALUE} for all
	 */
	public List<PipelineDetail.RevisionSummary> revisions(String name, int before, int limit) {
		return this.jdbc.sql("select * from revisions where pipeline = ? and number < ? order by number desc limit ?")
			.params(name, before, limit)
			.query((row, _) -> revision(row))
			.list();
	}

	/**
	 * The {@code pipeline.yaml} of a revision.
	 */
	public Optional<String> document(UUID revisionId) {
		return this.jdbc.sql("select document from revisions where id = ?")
			.param(revisionId)
			.query(String.class)
			.optional();
	}

	private PipelineSummary summary(ResultSet row) throws SQLException {
		return new PipelineSummary(row.getString("name"), row.getString("source"), row.getString("description"),
				row.getObject("number", Integer.class), this.json.read(row, "problems", PROBLEMS),
				this.json.read(row, "last", EXECUTIONS).stream().map(ExecutionColumn::execution).toList());
	}

	private PipelineDetail detail(ResultSet row) throws SQLException {
		String name = row.getString("name");
		UUID current = row.getObject("current_revision", UUID.class);
		List<PipelineDetail.RevisionSummary> newest = revisions(name, Integer.MAX_VALUE, NEWEST_REVISIONS);
		List<Problem> problems = this.json.read(row, "problems", PROBLEMS);
		if (current == null) {
			return new PipelineDetail(name, row.getString("source"), null, null, null, problems, newest);
		}
		PipelineDetail.RevisionSummary revision = this.jdbc.sql("select * from revisions where id = ?")
			.param(current)
			.query((found, _) -> revision(found))
			.single();
		return new PipelineDetail(name, row.getString("source"), revision,
				this.revisions.read(current, this.inventory.clusters()), document(current).orElseThrow(), problems,
				newest);
	}

	private static PipelineDetail.RevisionSummary revision(ResultSet row) throws SQLException {
		return new PipelineDetail.RevisionSummary(row.getObject("id", UUID.class), row.getInt("number"),
				row.getString("sha256"), Timestamps.read(row, "created_at"), row.getString("created_by"));
	}

	private record ExecutionColumn(UUID id, long number, Status status, OffsetDateTime createdAt,
			@Nullable OffsetDateTime startedAt, @Nullable OffsetDateTime endedAt) {

		PipelineSummary.LastExecution execution() {
			return new PipelineSummary.LastExecution(this.id, this.number, this.status, this.createdAt.toInstant(),
					instant(this.startedAt), instant(this.endedAt));
		}

		private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
			return (time != null) ? time.toInstant() : null;
		}

	}

}
