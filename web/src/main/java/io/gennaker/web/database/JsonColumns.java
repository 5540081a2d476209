package io.gennaker.web.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records in columns of type {@code jsonb}. Unknown properties are ignored, so that a
 * column written by a newer version can be read; whole numbers become {@code Long}.
 */
@Component
public class JsonColumns {

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_LONG_FOR_INTS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * The JSON text of a value; the statement casts it with {@code ::jsonb}.
	 */
	public String write(Object value) {
		return this.mapper.writeValueAsString(value);
	}

	/**
	 * The value of JSON text.
	 */
	public <T> T read(String json, TypeReference<T> type) {
		return this.mapper.readValue(json, type);
	}

	/**
	 * The value of a column that is never null.
	 */
	public <T> T read(ResultSet row, String column, TypeReference<T> type) throws SQLException {
		return this.mapper.readValue(row.getString(column), type);
	}

	/**
	 * The value of a column that may be null.
	 */
	public <T> Optional<T> find(ResultSet row, String column, TypeReference<T> type) throws SQLException {
		return Optional.ofNullable(row.getString(column)).map((json) -> this.mapper.readValue(json, type));
	}

}
