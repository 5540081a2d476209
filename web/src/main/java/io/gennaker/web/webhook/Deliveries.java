package io.gennaker.web.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.Page;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads deliveries.
 */
@Component
public class Deliveries {

	private static final TypeReference<List<UUID>> IDS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	Deliveries(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Deliveries, newest first.
	 * @param receiver only its; null for all
	 * @param status only those; null for all
	 * @param before only those older than this one; null for the newest
	 * @param limit how many at most
	 */
	public Page<Delivery> page(@Nullable String receiver, @Nullable DeliveryStatus status, @Nullable UUID before,
			int limit) {
		List<Delivery> found = this.jdbc.sql("""
				select * from deliveries
				where (:receiver::text is null or receiver = :receiver)
				and (:status::text is null or status = :status)
				and (:before::uuid is null or id < :before)
				order by id desc limit :limit""")
			.param("receiver", receiver)
			.param("status", (status != null) ? status.name() : null)
			.param("before", before)
			.param("limit", limit + 1)
			.query((row, _) -> delivery(row))
			.list();
		boolean more = found.size() > limit;
		List<Delivery> items = more ? found.subList(0, limit) : found;
		return new Page<>(items, more ? items.getLast().id().toString() : null);
	}

	/**
	 * One delivery with its payload.
	 */
	public Optional<Delivery.Detail> find(UUID id) {
		return this.jdbc.sql("select * from deliveries where id = ?")
			.param(id)
			.query((row, _) -> new Delivery.Detail(delivery(row), row.getString("content_type"),
					row.getString("payload")))
			.optional();
	}

	static NotFoundException unknown(UUID id) {
		return new NotFoundException("There is no delivery " + id + ".");
	}

	private Delivery delivery(ResultSet row) throws SQLException {
		DeliveryStatus status = DeliveryStatus.valueOf(row.getString("status"));
		return new Delivery(row.getObject("id", UUID.class), row.getString("receiver"),
				Timestamps.read(row, "received_at"), status, row.getString("verdict"), row.getInt("attempts"),
				(status == DeliveryStatus.PENDING) ? Timestamps.read(row, "next_attempt") : null,
				this.json.read(row, "executions", IDS), row.getObject("replay_of", UUID.class),
				row.getString("replayed_by"));
	}

}
