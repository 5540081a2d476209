package io.gennaker.web.inventory;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import com.zaxxer.hikari.HikariDataSource;
import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.CapabilityStore;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class StoredCapabilitiesTests {

	private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

	private final HikariDataSource database = TestDatabase.create();

	private final CapabilityStore store = new StoredCapabilities(JdbcClient.create(this.database), new JsonColumns());

	@AfterEach
	void close() {
		this.database.close();
	}

	private static Capabilities seen(String version, Instant at) {
		return new Capabilities(version, new TreeSet<>(List.of("v1", "apps/v1")), at);
	}

	@Test
	void theNewestIsKept() {
		assertThat(this.store.last("beijing")).isEmpty();
		this.store.keep("beijing", seen("v1.33.0", THEN));
		this.store.keep("beijing", seen("v1.34.0", THEN.plusSeconds(60)));
		this.store.keep("beijing", seen("v1.32.0", THEN.plusSeconds(30)));
		this.store.keep("shanghai", seen("v1.30.0", THEN));
		assertThat(this.store.last("beijing")).contains(seen("v1.34.0", THEN.plusSeconds(60)));
		assertThat(this.store.last("shanghai")).contains(seen("v1.30.0", THEN));
	}

}
