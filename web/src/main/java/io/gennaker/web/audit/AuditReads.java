package io.gennaker.web.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.gennaker.web.api.Page;
import io.gennaker.web.database.Timestamps;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the audit.
 */
@Component
public class AuditReads {

	private final JdbcClient jdbc;

	AuditReads(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Entries, newest first.
	 * @param before only those older than this one; null for the newest
	 * @param limit how many at most
	 */
	public Page<AuditEntry> page(AuditFilter filter, @Nullable Long before, int limit) {
		List<AuditEntry> found = this.jdbc.sql("""
				select * from audit
				where (:actor::text is null or actor = :actor)
				and (:action::text is null or action = :action)
				and (:subject::text is null or subject = :subject)
				and (:outcome::text is null or outcome = :outcome)
				and (:from::timestamptz is null or at >= :from)
				and (:until::timestamptz is null or at < :until)
				and (:before::bigint is null or id < :before)
				order by id desc limit :limit""")
			.param("actor", filter.actor())
			.param("action", filter.action())
			.param("subject", filter.subject())
			.param("outcome", filter.outcome())
			.param("from", time(filter.from()))
			.param("until", time(filter.until()))
			.param("before", before)
			.param("limit", limit + 1)
			.query((row, _) -> entry(row))
			.list();
		boolean more = found.size() > limit;
		List<AuditEntry> items = more ? found.subList(0, limit) : found;
		return new Page<>(items, more ? String.valueOf(items.getLast().id()) : null);
	}

	private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
		return (instant != null) ? Timestamps.parameter(instant) : null;
	}

	private static AuditEntry entry(ResultSet row) throws SQLException {
		return new AuditEntry(row.getLong("id"), Timestamps.read(row, "at"), row.getString("actor"),
				row.getString("action"), row.getString("subject"), row.getString("outcome"), row.getString("detail"));
	}

}
