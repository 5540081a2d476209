package io.gennaker.web.security;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

import io.gennaker.web.service.Http;
import io.gennaker.web.service.Service;
import io.gennaker.web.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Signing in, by the form and by HTTP Basic, and what keeps others out.
 */
@ServiceTest
class SignInTests {

	private static final String REPLAY = "/api/v1/deliveries/01900000-0000-7000-8000-000000000000/replay";

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@Test
	void theFormSignsInAndIsAudited() {
		Http.Session session = this.http.signIn("engineer");
		HttpRequest.Builder request = this.http.to("/api/v1/audit?actor=engineer&action=login")
			.header("Cookie", session.cookie());
		HttpResponse<String> answer = this.http.send(request);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"action\":\"login\"").contains("\"outcome\":\"done\"");
	}

	@Test
	void aWrongPasswordIsRefusedAndAuditedWithoutTheNameOfNobody() {
		HttpResponse<String> answer = this.http.tryToSignIn("a-password-in-the-wrong-field", "nonsense");
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/login?error"));
		assertThat(this.jdbc.sql("select count(*) from audit where audit::text like '%wrong-field%'")
			.query(Long.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("select count(*) from audit where actor = 'unknown user' and outcome = 'refused'")
			.query(Long.class)
			.single()).isPositive();
	}

	@Test
	void fiveFailuresStopFurtherAttemptsEvenWithTheRightPassword() {
		for (int attempt = 0; attempt < 5; attempt++) {
			this.http.tryToSignIn("approver2", "wrong");
		}
		assertThat(this.http.tryToSignIn("approver2", Service.PASSWORD).headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).contains("/login?limited="));
		HttpResponse<String> answer = this.http.get("approver2", "/api/v1/audit");
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 20L);
		assertThat(this.http.get("viewer", "/api/v1/audit").statusCode()).isEqualTo(200);
	}

	@Test
	void signingOutTakesAPostWithTheToken() {
		Http.Session session = this.http.signIn("engineer");
		assertThat(this.http.send(this.http.to("/logout").header("Cookie", session.cookie())).statusCode())
			.isNotEqualTo(302);
		HttpRequest.Builder forged = this.http.to("/logout")
			.header("Cookie", session.cookie())
			.POST(BodyPublishers.noBody());
		assertThat(this.http.send(forged).statusCode()).isEqualTo(403);
		assertThat(this.http.send(this.http.to("/api/v1/audit").header("Cookie", session.cookie())).statusCode())
			.isEqualTo(200);
	}

	@Test
	void aSessionIsNotWhatTheVisitorBrought() {
		HttpResponse<String> page = this.http.send(this.http.to("/login").header("Accept", "text/html"));
		String before = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
		assertThat(this.http.signIn("viewer").cookie()).isNotEqualTo(before);
		assertThat(page.headers().firstValue("Set-Cookie"))
			.hasValueSatisfying((cookie) -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
	}

	@Test
	void anAuthorizationHeaderThatProvesNothingDoesNotReplaceTheToken() {
		Http.Session session = this.http.signIn("engineer");
		for (String header : new String[] { "Bearer x", "Basic", Http.basic("engineer", "wrong") }) {
			HttpRequest.Builder request = this.http.to(REPLAY)
				.header("Cookie", session.cookie())
				.header("Authorization", header)
				.POST(BodyPublishers.noBody());
			assertThat(this.http.send(request).statusCode()).as(header).isEqualTo(401);
		}
	}

	@Test
	void anotherSitesPageCannotUseARememberedPassword() {
		HttpRequest.Builder request = this.http.as("engineer", REPLAY)
			.header("Sec-Fetch-Site", "cross-site")
			.POST(BodyPublishers.noBody());
		HttpResponse<String> answer = this.http.send(request);
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("/problems/csrf");
	}

	@Test
	void programsAreChallengedAndBrowsersAreNot() {
		assertThat(this.http.send(this.http.to("/api/v1/audit")).headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((challenge) -> assertThat(challenge).startsWith("Basic"));
		HttpResponse<String> browser = this.http.send(this.http.to("/api/v1/audit").header("Sec-Fetch-Mode", "cors"));
		assertThat(browser.statusCode()).isEqualTo(401);
		assertThat(browser.headers().firstValue("WWW-Authenticate")).isEmpty();
	}

	@Test
	void pagesLeadToTheFormAndPartsOfPagesReloadTheWhole() {
		HttpResponse<String> page = this.http.send(this.http.to("/deliveries").header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(302);
		assertThat(page.headers().firstValue("Location")).hasValueSatisfying((to) -> assertThat(to).endsWith("/login"));
		HttpResponse<String> part = this.http.send(this.http.to("/deliveries").header("HX-Request", "true"));
		assertThat(part.statusCode()).isEqualTo(401);
		assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/login");
	}

	@Test
	void everyAnswerCarriesTheStrictHeaders() {
		for (String path : new String[] { "/login", "/api/v1/audit", "/webhooks/a/b", "/actuator/health" }) {
			HttpResponse<String> answer = this.http.send(this.http.to(path));
			assertThat(answer.headers().firstValue("Content-Security-Policy")).as(path)
				.hasValueSatisfying((policy) -> assertThat(policy)
					.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
					.doesNotContain("unsafe"));
			assertThat(answer.headers().firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
			assertThat(answer.headers().firstValue("Referrer-Policy")).as(path).hasValue("same-origin");
			assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).as(path).hasValue("same-origin");
		}
	}

	@Test
	void demoUsersDoNotComeThroughProxies() {
		for (String forged : new String[] { "127.0.0.1", "203.0.113.9" }) {
			HttpResponse<String> answer = this.http
				.send(this.http.as("viewer", "/api/v1/audit").header("X-Forwarded-For", forged));
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("Configure gennaker.users");
		}
	}

	@Test
	void demoUsersDoNotComeFromOtherAddresses() throws Exception {
		Optional<InetAddress> other = ownAddress();
		assumeTrue(other.isPresent(), "this machine has no address but loopback");
		URI uri = URI.create("http://" + other.get().getHostAddress() + ":" + this.port + "/api/v1/audit");
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Authorization", Http.basic("viewer", Service.PASSWORD))
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("own machine only");
	}

	private static Optional<InetAddress> ownAddress() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst();
	}

}
