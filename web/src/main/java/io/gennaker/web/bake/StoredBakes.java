package io.gennaker.web.bake;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Bakes in PostgreSQL.
 */
@Component
class StoredBakes implements BakeStore {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	StoredBakes(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
	}

	@Override
	public void keepManifests(String digest, String manifests) {
		this.jdbc.sql("insert into manifests (digest, content) values (?, ?) on conflict do nothing")
			.params(digest, manifests)
			.update();
	}

	@Override
	public void keepBake(BakeRequest request, BakeResult bake, Provenance provenance, List<BoundImage> bound) {
		String made = this.json.write(provenance);
		this.transactions.executeWithoutResult((_) -> {
			this.jdbc.sql("""
					insert into bakes (digest, result, provenance, bound) values (?, ?::jsonb, ?::jsonb, ?::jsonb)
					on conflict do nothing""")
				.params(bake.digest(), this.json.write(bake), made, this.json.write(bound))
				.update();
			this.jdbc.sql("""
					insert into execution_bakes (execution_id, stage_id, digest, provenance, request)
					values (?, ?, ?, ?::jsonb, ?::json)
					on conflict (execution_id, stage_id) do update
					set digest = excluded.digest, provenance = excluded.provenance, request = excluded.request""")
				.params(UUID.fromString(request.executionId()), request.stage().id(), bake.digest(), made,
						BakeRequests.json(request))
				.update();
		});
	}

	@Override
	public Optional<String> pin(String executionId, String stageId, String image) {
		return this.jdbc.sql("select digest from image_pins where execution_id = ? and stage_id = ? and image = ?")
			.params(UUID.fromString(executionId), stageId, image)
			.query(String.class)
			.optional();
	}

	@Override
	public String keepPin(String executionId, String stageId, String image, String digest) {
		this.jdbc.sql("""
				insert into image_pins (execution_id, stage_id, image, digest) values (?, ?, ?, ?)
				on conflict do nothing""").params(UUID.fromString(executionId), stageId, image, digest).update();
		return pin(executionId, stageId, image)
			.orElseThrow(() -> new IllegalStateException("the digest of " + image + " was not kept"));
	}

	@Override
	public String manifests(String digest) {
		return this.jdbc.sql("select content from manifests where digest = ?")
			.param(digest)
			.query(String.class)
			.optional()
			.orElseThrow(() -> new IllegalArgumentException("there are no manifests " + digest));
	}

}
