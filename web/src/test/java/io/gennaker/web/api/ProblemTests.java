package io.gennaker.web.api;

import java.net.http.HttpResponse;

import io.gennaker.web.service.Http;
import io.gennaker.web.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong is answered with problem details to programs and with a page to people.
 */
@ServiceTest
class ProblemTests {

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@Test
	void aProblemHasAStableTypeAndWords() {
		HttpResponse<String> answer = this.http.get("viewer", "/api/v1/deliveries/not-an-id");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"type\":\"/problems/invalid-parameter\"")
			.contains("\"detail\":\"id: is not a valid UUID\"")
			.contains("\"problems\":[{\"path\":\"id\",\"message\":\"is not a valid UUID\"}]")
			.contains("\"instance\":\"/api/v1/deliveries/not-an-id\"")
			.doesNotContain("Exception");
	}

	@Test
	void aValidatedParameterIsNamed() {
		HttpResponse<String> answer = this.http.get("viewer", "/api/v1/audit?limit=5000");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("\"path\":\"limit\"");
	}

	@Test
	void anUnknownPathOfTheApiIsAProblem() {
		HttpResponse<String> answer = this.http.get("viewer", "/api/v1/nothing");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("/problems/not-found");
	}

	@Test
	void anotherMethodIsAProblem() {
		HttpResponse<String> answer = this.http.post("engineer", "/api/v1/audit", "{}");
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
		assertThat(answer.body()).contains("/problems/method-not-allowed");
	}

	@Test
	void peopleGetAPage() {
		Http.Session session = this.http.signIn("viewer");
		HttpResponse<String> answer = this.http
			.send(this.http.to("/no-such-page").header("Accept", "text/html").header("Cookie", session.cookie()));
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
		assertThat(answer.body()).contains("Not found");
	}

	@Test
	void theApiDescribesItself() {
		HttpResponse<String> answer = this.http.get("viewer", "/v3/api-docs");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"title\":\"Gennaker\"")
			.contains("\"/api/v1/deliveries/{id}/replay\"")
			.contains("application/problem+json")
			.contains("\"#/components/schemas/Problem\"")
			.contains("\"scheme\":\"basic\"");
	}

}
