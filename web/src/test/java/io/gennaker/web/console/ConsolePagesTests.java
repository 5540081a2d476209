package io.gennaker.web.console;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import io.gennaker.web.service.Http;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ConsoleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gennaker.demo-password=a password of tests", "gennaker.pipelines=target/no-pipelines" })
class ConsolePagesTests {

	private static final String GATE = "/executions/" + ConsoleSeed.WAITING + "/gates/go-south";

	@LocalServerPort
	int port;

	@BeforeAll
	static void plant(@Autowired ApplicationContext context) {
		ConsoleSeed.plant(context);
	}

	@ParameterizedTest
	@ValueSource(strings = { "viewer", "engineer", "approver", "admin" })
	void everyPageRendersForEveryRoleWithEverythingEscaped(String user) {
		Http http = new Http(this.port);
		Http.Session session = http.signIn(user);
		for (String language : List.of("en", "zh-CN")) {
			for (String page : pages().toList()) {
				HttpResponse<String> answer = get(http, session, page, language);
				assertThat(answer.statusCode()).as(page).isEqualTo(200);
				assertThat(answer.body()).as(page).doesNotContain("<script>alert", "??", "secret-canary", " style=");
			}
		}
	}

	@Test
	void aPipelineThatIsNotValidShowsItsProblemsWithTheirPlace() {
		assertThat(page("viewer", "/pipelines/payments")).contains("pipeline.yaml:4:16", "did you mean bake?");
	}

	@Test
	void manyClustersFoldIntoCounts() {
		assertThat(page("viewer", "/executions/" + ConsoleSeed.FLEET)).contains("Wave 1: 60 clusters", "30 Succeeded",
				"1 Failed");
	}

	@Test
	void aFailureIsToldOnceWithWhatStandsWhere() {
		assertThat(page("engineer", "/executions/" + ConsoleSeed.FAILED)).containsOnlyOnce("id=\"failure-south\"")
			.contains("New and healthy", "Begun, not healthy", "As before", "guangdong-1: go back to classroom #");
	}

	@Test
	void anErrorPageKeepsTheNavigation() {
		assertThat(page("viewer", "/pipelines/there-is-none")).contains("There is nothing here",
				"href=\"/executions\"");
	}

	@Test
	void aRefusedStartKeepsWhatWasFilledInAndSaysWhereItIsWrong() {
		HttpResponse<String> answer = post("engineer", "/pipelines/classroom/start", "/pipelines/classroom/start",
				"parameters.chartVersion=one&parameters.replicas=7&parameters.clusters=beijing&artifacts.api=&other.api=v9.9.9");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("value=\"one\"", "value=\"7\"", "value=\"v9.9.9\"",
				"id=\"parameters.chartVersion-problem\"");
	}

	@Test
	void aStartLeadsToItsExecution() {
		HttpResponse<String> answer = post("engineer", "/pipelines/classroom/start", "/pipelines/classroom/start",
				"parameters.chartVersion=1.4.0&parameters.replicas=3&parameters.logLevel=info&parameters.clusters=beijing&artifacts.api=v1.9.0");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElse("")).contains("/executions/");
	}

	@Test
	void aStartTellsBeforehandWhatItWouldChange() {
		String filled = "parameters.chartVersion=1.4.0&parameters.clusters=beijing&artifacts.api=v1.9.0";
		assertThat(plan("/pipelines/classroom/start/plan", filled)).contains("beijing", "v1.9.0",
				"one new, one changed", "shanghai-1 does not answer");
		assertThat(plan("/pipelines/classroom/start/plan?cluster=beijing", filled))
			.contains("+        image: registry.example.com/classroom/api:v1.9.0", "One document", "token")
			.doesNotContain("open-sesame");
	}

	@Test
	void aPlanThatIsRefusedSaysWhyAndKeepsTheForm() {
		HttpResponse<String> answer = post("engineer", "/pipelines/classroom/start", "/pipelines/classroom/start/plan",
				"parameters.replicas=7&parameters.clusters=beijing&other.api=v9.9.9");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("The registry has no such image", "value=\"7\"", "value=\"v9.9.9\"")
			.doesNotContain(ConsoleApplication.HOSTILE);
	}

	@Test
	void aBakesPageListsWhatWasBoundAndWhatBelongsToNoArtifact() {
		assertThat(page("viewer", "/executions/" + ConsoleSeed.RUNNING + "/manifests")).contains("2 images were bound",
				"none, pinned", "busybox:1.36@sha256:77aa", "2 images belong to no artifact", "redis:8");
	}

	@Test
	void twoBakesAreComparedObjectByObject() {
		String page = page("viewer",
				"/executions/" + ConsoleSeed.RUNNING + "/comparison?stage=bake&with=" + ConsoleSeed.FAILED);
		assertThat(page).contains("Compared with classroom #", "the same manifests");
	}

	@Test
	void aBakeIsMadeAgainAndCompared() {
		String manifests = "/executions/" + ConsoleSeed.RUNNING + "/manifests";
		HttpResponse<String> answer = post("engineer", manifests,
				"/executions/" + ConsoleSeed.RUNNING + "/stages/bake/rebake", "");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("The manifests of one cluster came out differently", "shanghai-1");
		HttpResponse<String> refused = post("engineer", manifests,
				"/executions/" + ConsoleSeed.FAILED + "/stages/bake/rebake", "");
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("The chart is not to be had any more")
			.doesNotContain(ConsoleApplication.HOSTILE);
		assertThat(page("viewer", manifests)).doesNotContain("/rebake");
	}

	@Test
	void thePageOfValuesTellsWhichLayerWonAndMasksSecrets() {
		String values = "/executions/" + ConsoleSeed.RUNNING + "/values?stage=bake&cluster=beijing";
		assertThat(page("viewer", values))
			.contains("set of stage bake", "values/prod.yaml:2", "chart/values.yaml:1", "taken away", "•••")
			.doesNotContain("open-sesame", ConsoleApplication.HOSTILE);
		assertThat(page("viewer", values + "&key=REPLICAS")).contains("api.replicas").doesNotContain("proxy.token");
		assertThat(page("viewer", values + "&key=nowhere")).contains("No key like that");
		assertThat(page("viewer", "/executions/" + ConsoleSeed.RUNNING + "/manifests"))
			.contains("values?stage=bake&amp;cluster=beijing");
	}

	private String plan(String path, String form) {
		Http http = new Http(this.port);
		Http.Session session = http.signIn("engineer");
		String token = Http.csrf(get(http, session, "/pipelines/classroom/start", "en").body());
		HttpResponse<String> answer = http.send(http.to(path)
			.header("Cookie", session.cookie())
			.header("HX-Request", "true")
			.header("Accept-Language", "en")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form + "&_csrf=" + token)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).doesNotContain("<main", ConsoleApplication.HOSTILE);
		return answer.body();
	}

	@Test
	void whoStartedIsToldSoAtTheGate() {
		assertThat(page("engineer", GATE)).contains("Deciding takes the role approver");
		assertThat(page("approver2", GATE)).contains("You approved", "one voice").doesNotContain("value=\"reject\"");
	}

	@Test
	void rejectingWithoutAReasonIsRefusedInWords(@Autowired JdbcClient jdbc) {
		HttpResponse<String> answer = post("approver", GATE, GATE, "decision=reject&reason=");
		assertThat(answer.statusCode()).isBetween(400, 422);
		assertThat(answer.body()).contains("role=\"alert\"");
		assertThat(jdbc.sql("select count(*) from decisions where decided_by = 'approver' and execution_id = ?")
			.param(ConsoleSeed.WAITING)
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void aViewerMayNotSteer() {
		Http http = new Http(this.port);
		Http.Session session = http.signIn("viewer");
		assertThat(get(http, session, "/executions/" + ConsoleSeed.RUNNING + "/cancel", "en").statusCode())
			.isEqualTo(403);
	}

	@Test
	void theChoiceOfLanguageLeadsNowhereElse() {
		HttpResponse<String> answer = post("viewer", "/", "/language", "language=zh-CN&to=//evil.example.com/");
		assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/").doesNotContain("evil");
	}

	private static Stream<String> pages() {
		Stream<String> executions = Stream
			.of(ConsoleSeed.RUNNING, ConsoleSeed.WAITING, ConsoleSeed.FAILED, ConsoleSeed.FLEET)
			.flatMap((id) -> Stream.of("", "/live?stage=south", "/events", "/manifests", "/history")
				.map((rest) -> "/executions/" + id + rest));
		return Stream.concat(executions, Stream.of("/", "/home/now", "/pipelines", "/pipelines/classroom",
				"/pipelines/payments", "/pipelines/classroom/start",
				"/pipelines/classroom/start?exact=true&from=" + ConsoleSeed.RUNNING,
				"/pipelines/classroom/start/tags/api", "/pipelines/classroom/start/tags/registry-mirror", "/executions",
				"/executions?status=FAILED&pipeline=classroom", "/gates", GATE, GATE + "/changes/south/guangdong-1",
				GATE + "/changes/south/shanghai-1", "/executions/" + ConsoleSeed.RUNNING + "/gates/go-south",
				"/executions/" + ConsoleSeed.RUNNING + "/manifests?digest=" + ConsoleSeed.digest("m1"),
				"/executions/" + ConsoleSeed.RUNNING + "/comparison?stage=bake&with=" + ConsoleSeed.FAILED,
				"/executions/" + ConsoleSeed.RUNNING + "/values?stage=bake&cluster=beijing", "/clusters",
				"/clusters/beijing", "/clusters/shanghai-1", "/releases", "/releases/beijing/classroom/classroom",
				"/deliveries", "/deliveries/" + ConsoleSeed.DELIVERY, "/audit", "/search?q=zzz"));
	}

	private String page(String user, String path) {
		Http http = new Http(this.port);
		return get(http, http.signIn(user), path, "en").body();
	}

	private static HttpResponse<String> get(Http http, Http.Session session, String path, String language) {
		return http.send(http.to(path)
			.header("Cookie", session.cookie())
			.header("Accept", "text/html")
			.header("Accept-Language", language));
	}

	private HttpResponse<String> post(String user, String form, String path, String body) {
		Http http = new Http(this.port);
		Http.Session session = http.signIn(user);
		String token = Http.csrf(get(http, session, form, "en").body());
		return http.send(http.to(path)
			.header("Cookie", session.cookie())
			.header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body + "&_csrf=" + token)));
	}

}
