package io.gennaker.web.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * Instants in columns of type {@code timestamptz}, which the driver knows as
 * {@link OffsetDateTime} only.
 */
public final class Timestamps {

	private Timestamps() {
	}

	/**
	 * A parameter of a statement.
	 */
	public static OffsetDateTime parameter(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * A parameter of a statement that may be null.
	 */
	public static @Nullable OffsetDateTime nullable(@Nullable Instant instant) {
		return (instant != null) ? parameter(instant) : null;
	}

	/**
	 * The value of a column that may be null.
	 */
	public static @Nullable Instant find(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	/**
	 * The value of a column that is never null.
	 */
	public static Instant read(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
