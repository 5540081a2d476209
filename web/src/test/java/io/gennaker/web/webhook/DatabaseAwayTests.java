package io.gennaker.web.webhook;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.Service;
import io.gennaker.web.service.ServiceTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL is lost while the service runs.
 */
@ServiceTest
@Import(DatabaseAwayTests.OwnPostgres.class)
@DirtiesContext
class DatabaseAwayTests {

	@Autowired
	private EmbeddedPostgres postgres;

	@LocalServerPort
	private int port;

	@Test
	void whatCannotBeKeptIsNotAccepted() throws IOException {
		Http http = new Http(this.port);
		assertThat(deliver(http).statusCode()).isEqualTo(202);
		this.postgres.close();
		HttpResponse<String> answer = deliver(http);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
		assertThat(answer.body()).contains("/problems/database-unavailable").doesNotContain(Service.TOKEN);
		assertThat(http.get("viewer", "/api/v1/deliveries").statusCode()).isEqualTo(503);
	}

	private static HttpResponse<String> deliver(Http http) {
		return http.send(http.to("/webhooks/mirror/" + Service.TOKEN)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"events\": []}")));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OwnPostgres {

		@Bean(destroyMethod = "close")
		EmbeddedPostgres postgres() throws IOException {
			return EmbeddedPostgres.builder().start();
		}

		@Bean
		@Primary
		DataSource ownDataSource(EmbeddedPostgres postgres) {
			HikariDataSource source = new HikariDataSource();
			source.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
			source.setConnectionTimeout(1000);
			return source;
		}

	}

}
