package io.gennaker.web.execution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.service.ApiService;
import io.gennaker.web.service.FakeReleaseEngine;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.Service;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.gate.GateOpening;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.web.service.Await;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ApiService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gennaker.demo-password=" + Service.PASSWORD, "gennaker.pipelines=none-here" })
class ApiTests {

	@Autowired
	private JournalActivities journal;

	@Autowired
	private GateActivities gates;

	@Autowired
	private FakeReleaseEngine engine;

	@Autowired
	private ExecutionReads reads;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeEach
	void pipeline() {
		this.http = new Http(this.port);
		this.engine.onDecide((execution, notice) -> this.gates.weigh(execution.toString(), notice));
		HttpResponse<String> put = put("admin", "classroom", TestService.PIPELINE + "concurrency: {limit: 100}\n");
		assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
	}

	@Test
	void aPipelineIsKeptByWhoMayAndGivenBack() {
		assertThat(put("engineer", "classroom", TestService.PIPELINE).statusCode()).isEqualTo(403);
		assertThat(put("admin", "classroom", TestService.PIPELINE + "concurrency: {limit: 100}\n").statusCode())
			.isEqualTo(200);
		JsonNode pipeline = json(this.http.get("viewer", "/api/v1/pipelines/classroom"));
		assertThat(pipeline.get("valid").booleanValue()).isTrue();
		assertThat(pipeline.get("stages").get(1).get("type").stringValue()).isEqualTo("approval");
		assertThat(pipeline.get("parameters").get(0).get("options").size()).isEqualTo(2);
		assertThat(json(this.http.get("viewer", "/api/v1/pipelines")).get(0).get("name").stringValue())
			.isEqualTo("classroom");
		assertThat(this.http.get("viewer", "/api/v1/pipelines/none").statusCode()).isEqualTo(404);
	}

	@Test
	void aBrokenPipelineIsAnsweredWithAllItsProblemsAndTheirPlaces() {
		String broken = "version: 1\nname: classroom\nstages:\n  go: {type: approvel}\n  on: {type: wait}\n";
		HttpResponse<String> answer = put("admin", "classroom", broken);
		assertThat(answer.statusCode()).isEqualTo(422);
		JsonNode problems = json(answer).get("problems");
		assertThat(problems.size()).isGreaterThanOrEqualTo(2);
		assertThat(problems.get(0).get("line").intValue()).isEqualTo(4);
		assertThat(problems.get(0).get("file").stringValue()).isEqualTo("pipeline.yaml");
		HttpResponse<String> validated = this.http.send(this.http.as("engineer", "/api/v1/pipelines/classroom/validate")
			.header("Content-Type", "application/yaml")
			.POST(BodyPublishers.ofString(broken)));
		assertThat(validated.statusCode()).isEqualTo(200);
		assertThat(json(validated).get("valid").booleanValue()).isFalse();
		assertThat(json(validated).get("problems")).isEqualTo(problems);
	}

	@Test
	void theSchemaIsServed() {
		assertThat(this.http.get("viewer", "/schemas/pipeline-v1.json").body()).contains("json-schema.org");
	}

	@Test
	void aStartIsCreatedOnceForItsKey() {
		String path = "/api/v1/pipelines/classroom/executions";
		String body = "{\"parameters\": {\"replicas\": 3}, \"artifacts\": {\"api\": \"v1.9.0\"}}";
		HttpResponse<String> first = this.http.send(start(body, "key-" + Instant.now()));
		assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
		String location = first.headers().firstValue("Location").orElseThrow();
		assertThat(location).isEqualTo("/api/v1/executions/" + json(first).get("id").stringValue());
		assertThat(json(this.http.get("viewer", location)).get("parameters").get("replicas").intValue()).isEqualTo(3);
		HttpRequest.Builder keyed = start(body, "same");
		assertThat(this.http.send(keyed).statusCode()).isEqualTo(201);
		assertThat(this.http.send(keyed).statusCode()).isEqualTo(200);
		assertThat(this.http.send(start("{}", "same")).statusCode()).isEqualTo(422);
		assertThat(this.http.post("viewer", path, body).statusCode()).isEqualTo(403);
		assertThat(this.http.post("engineer", path, "{\"artefacts\": {\"api\": \"v2\"}}").statusCode()).isEqualTo(400);
		assertThat(this.http.post("engineer", path, "{\"artifacts\": {\"api\": \"!\"}}").statusCode()).isEqualTo(422);
		assertThat(this.http.post("engineer", "/api/v1/pipelines/none/executions", "{}").statusCode()).isEqualTo(404);
	}

	@Test
	void aListGoesOnFromItsCursor() {
		UUID first = started();
		UUID second = started();
		JsonNode page = json(this.http.get("viewer", "/api/v1/executions?pipeline=classroom&limit=1"));
		assertThat(page.get("items").get(0).get("id").stringValue()).isEqualTo(second.toString());
		JsonNode next = json(
				this.http.get("viewer", "/api/v1/executions?limit=1&cursor=" + page.get("next").stringValue()));
		assertThat(next.get("items").get(0).get("id").stringValue()).isEqualTo(first.toString());
		assertThat(this.http.get("viewer", "/api/v1/executions?status=SLEEPING").statusCode()).isEqualTo(400);
		assertThat(this.http.get("viewer", "/api/v1/executions/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
	}

	@Test
	void aStreamGoesOnFromTheLastEventAndEndsWithTheExecution() throws Exception {
		UUID id = started();
		this.journal.execution(entry(id, 1, Status.RUNNING, "one"));
		List<String> seen = new ArrayList<>();
		try (BufferedReader reader = stream(id, "0")) {
			while (seen.stream().noneMatch((line) -> line.contains("\"one\""))) {
				seen.add(reader.readLine());
			}
		}
		String last = seen.stream().filter((line) -> line.startsWith("id:")).toList().getLast().substring(3).strip();
		this.journal.execution(entry(id, 2, Status.RUNNING, "two"));
		try (BufferedReader reader = stream(id, last)) {
			List<String> rest = new ArrayList<>();
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				rest.add(line);
				if (line.contains("\"two\"")) {
					this.journal.execution(entry(id, 3, Status.SUCCEEDED, "three"));
				}
			}
			assertThat(String.join("\n", rest)).contains("\"two\"", "\"three\"").doesNotContain("\"one\"");
		}
		long end = this.reads.newestEvents(id, 1).getFirst().id();
		assertThat(this.http
			.send(this.http.as("viewer", "/api/v1/executions/" + id + "/events")
				.header("Last-Event-ID", Long.toString(end)))
			.statusCode()).isEqualTo(204);
	}

	@Test
	@Timeout(14)
	void aReaderLearnsAtOnceThatItIsConnectedThoughThereIsNoNews() throws Exception {
		UUID id = started();
		for (int i = 0; i < 20; i++) {
			String last = Long.toString(this.reads.newestEvents(id, 1).getFirst().id());
			try (BufferedReader reader = stream(id, last)) {
				assertThat(reader.readLine()).startsWith(":");
			}
		}
	}

	@Test
	void aGateIsDecidedByWhoMay() {
		UUID id = started();
		this.gates.open(new GateOpening(id.toString(),
				new Stage.Approval("go", Stage.Options.NONE, new Stage.Approvers(List.of(), List.of()), 1, false,
						"Look."),
				new ExpressionContext(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), null), List.of("south"), null));
		String path = "/api/v1/executions/" + id + "/stages/go/decision";
		assertThat(json(this.http.get("approver", "/api/v1/gates")).toString()).contains(id.toString());
		assertThat(json(this.http.get("viewer", "/api/v1/gates")).size()).isZero();
		assertThat(this.http.post("engineer", path, "{\"decision\": \"approve\"}").statusCode()).isEqualTo(403);
		assertThat(this.http.post("approver", path, "{\"decision\": \"maybe\"}").statusCode()).isEqualTo(400);
		assertThat(this.http.post("approver", path, "{\"decision\": \"reject\"}").statusCode()).isEqualTo(400);
		HttpResponse<String> approved = this.http.post("approver", path, "{\"decision\": \"approve\"}");
		assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
		HttpResponse<String> late = this.http.post("approver2", path, "{\"decision\": \"reject\", \"reason\": \"no\"}");
		assertThat(late.statusCode()).isEqualTo(409);
		assertThat(json(late).get("decidedBy").stringValue()).isEqualTo("approver");
	}

	@Test
	void anExecutionIsSteeredByEngineers() {
		UUID id = started();
		assertThat(this.http.post("viewer", "/api/v1/executions/" + id + "/cancel", "{}").statusCode()).isEqualTo(403);
		assertThat(this.http.post("engineer", "/api/v1/executions/" + id + "/cancel", "{\"reason\": \"oops\"}")
			.statusCode()).isEqualTo(200);
	}

	@Test
	void aClusterThatFailedIsRetriedAndSkippedByEngineersWithAReason() {
		UUID id = startedWith(Status.FAILED);
		String cluster = "/api/v1/executions/" + id + "/stages/settle/clusters/beijing/";
		assertThat(this.http.post("viewer", cluster + "retry", "{}").statusCode()).isEqualTo(403);
		assertThat(this.http.post("approver", cluster + "skip", "{\"reason\": \"x\"}").statusCode()).isEqualTo(403);
		assertThat(this.http.post("engineer", cluster + "retry", "{}").statusCode()).isEqualTo(200);
		assertThat(this.http.post("engineer", cluster + "skip", "{\"reason\": \" \"}").statusCode()).isEqualTo(400);
		assertThat(this.http.post("engineer", cluster + "skip", "{\"reason\": \"flooded\"}").statusCode())
			.isEqualTo(200);
		assertThat(this.engine.told()).contains("RETRY settle/beijing by engineer: ",
				"SKIP settle/beijing by engineer: flooded");
		assertThat(this.http.get("viewer", "/api/v1/audit?subject=execution:" + id).body()).contains("rollout.retry",
				"rollout.skip", "settle/beijing: flooded");
	}

	@Test
	void aClusterThatIsUnderWayAndAnswersIsLeftAlone() {
		UUID id = startedWith(Status.RUNNING);
		HttpResponse<String> refused = this.http.post("engineer",
				"/api/v1/executions/" + id + "/stages/settle/clusters/beijing/retry", "{}");
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(json(refused).get("detail").stringValue()).contains("is under way and answers");
	}

	@Test
	void whatIsNotThereCannotBeSteered() {
		UUID id = startedWith(Status.FAILED);
		String stages = "/api/v1/executions/" + id + "/stages/";
		assertThat(this.http.post("engineer", stages + "settle/clusters/moon/retry", "{}").statusCode()).isEqualTo(404);
		assertThat(this.http.post("engineer", stages + "south/clusters/beijing/retry", "{}").statusCode())
			.isEqualTo(404);
		assertThat(this.http.post("engineer", stages + "south/give-up", "{}").statusCode()).isEqualTo(404);
	}

	@Test
	void aStageThatAsksIsGivenUp() {
		UUID id = startedWith(Status.FAILED);
		assertThat(this.http
			.post("engineer", "/api/v1/executions/" + id + "/stages/settle/give-up", "{\"reason\": \"tomorrow\"}")
			.statusCode()).isEqualTo(200);
		assertThat(this.engine.told()).contains("give up settle by engineer: tomorrow");
	}

	private UUID startedWith(Status cluster) {
		UUID id = started();
		Await.until(() -> this.reads.find(id).orElseThrow().launched());
		this.journal
			.stage(new StageEntry(id.toString(), 2, Instant.now(), "settle", Status.RUNNING, null, null, Map.of()));
		this.journal.cluster(
				new ClusterEntry(id.toString(), 3, Instant.now(), "settle", "beijing", 0, cluster, null, null, null));
		return id;
	}

	private UUID started() {
		HttpResponse<String> answer = this.http.send(start("{}", null));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return UUID.fromString(json(answer).get("id").stringValue());
	}

	private HttpRequest.Builder start(String body, String key) {
		HttpRequest.Builder request = this.http.as("engineer", "/api/v1/pipelines/classroom/executions")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body));
		return (key != null) ? request.header("Idempotency-Key", key) : request;
	}

	private HttpResponse<String> put(String user, String name, String document) {
		return this.http.send(this.http.as(user, "/api/v1/pipelines/" + name)
			.header("Content-Type", "application/yaml")
			.PUT(BodyPublishers.ofString(document)));
	}

	private BufferedReader stream(UUID id, String lastEventId) throws IOException, InterruptedException {
		HttpRequest request = this.http.as("viewer", "/api/v1/executions/" + id + "/events")
			.header("Last-Event-ID", lastEventId)
			.header("Accept", "text/event-stream")
			.build();
		HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
	}

	private static ExecutionEntry entry(UUID id, long sequence, Status status, String message) {
		return new ExecutionEntry(id.toString(), sequence, Instant.now(), status, message, null);
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
