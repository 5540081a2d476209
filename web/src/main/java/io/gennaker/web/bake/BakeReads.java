package io.gennaker.web.bake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore.BoundImage;
import io.gennaker.activities.bake.BakeStore.Provenance;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads bakes and manifests.
 */
@Component
public class BakeReads {

	private static final TypeReference<BakeResult> RESULT = new TypeReference<>() {
	};

	private static final TypeReference<Provenance> PROVENANCE = new TypeReference<>() {
	};

	private static final TypeReference<List<BoundImage>> BOUND = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	BakeReads(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * A bake by its digest.
	 */
	public Optional<Bake> find(String digest) {
		return this.jdbc.sql("select * from bakes where digest = ?")
			.param(digest)
			.query((row, _) -> bake(row))
			.optional();
	}

	/**
	 * What a bake stage of an execution left.
	 */
	public Optional<Bake> find(UUID executionId, String stageId) {
		return this.jdbc.sql("""
				select b.result, coalesce(e.provenance, b.provenance) as provenance, b.bound, b.created_at
				from execution_bakes e join bakes b on b.digest = e.digest
				where e.execution_id = ? and e.stage_id = ?""")
			.params(executionId, stageId)
			.query((row, _) -> bake(row))
			.optional();
	}

	/**
	 * What a bake stage of an execution was asked for; empty where there is no bake, or
	 * one of a version of this service that did not keep it.
	 */
	public Optional<BakeRequest> request(UUID executionId, String stageId) {
		return this.jdbc
			.sql("select request from execution_bakes where execution_id = ? and stage_id = ? and request is not null")
			.params(executionId, stageId)
			.query(String.class)
			.optional()
			.map(BakeRequests::read);
	}

	/**
	 * The manifests under a digest, a YAML stream. They may hold Secrets: mask their data
	 * before a person sees them.
	 */
	public Optional<String> manifests(String digest) {
		return this.jdbc.sql("select content from manifests where digest = ?")
			.param(digest)
			.query(String.class)
			.optional();
	}

	private Bake bake(ResultSet row) throws SQLException {
		return new Bake(this.json.read(row, "result", RESULT), this.json.read(row, "provenance", PROVENANCE),
				this.json.read(row, "bound", BOUND), Timestamps.read(row, "created_at"));
	}

}
