package io.gennaker.web.webhook;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.gennaker.web.security.RateLimit;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.Service;
import io.gennaker.web.service.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Floods of deliveries.
 */
@ServiceTest
@Import(WebhookLimitTests.NarrowLimits.class)
class WebhookLimitTests {

	@LocalServerPort
	private int port;

	@Test
	void aFloodIsToldToComeLaterAndStrangersDoNotShutOutTheRegistry() {
		Http http = new Http(this.port);
		assertThat(send(http, "wrong-token-0123456789").statusCode()).isEqualTo(404);
		assertThat(send(http, "wrong-token-0123456789").statusCode()).isEqualTo(429);
		assertThat(send(http, Service.TOKEN).statusCode()).isEqualTo(202);
		HttpResponse<String> flood = send(http, Service.TOKEN);
		assertThat(flood.statusCode()).isEqualTo(429);
		assertThat(flood.headers().firstValueAsLong("Retry-After")).hasValue(3600);
	}

	private static HttpResponse<String> send(Http http, String token) {
		return http.send(http.to("/webhooks/mirror/" + token)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"events\": []}")));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class NarrowLimits {

		@Bean
		@Primary
		WebhookLimits narrow() {
			return new WebhookLimits(new RateLimit(1, Duration.ofHours(1), 10),
					new RateLimit(1, Duration.ofHours(1), 10));
		}

	}

}
