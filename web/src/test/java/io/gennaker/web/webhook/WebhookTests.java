package io.gennaker.web.webhook;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.web.service.CurrentPipelines;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.Service;
import io.gennaker.web.service.ServiceTest;
import io.gennaker.web.service.Starts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Webhooks from the socket to what they start.
 */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class WebhookTests {

	private static final String DIGEST = "sha256:" + "a1".repeat(32);

	@Autowired
	private Starts starts;

	@Autowired
	private CurrentPipelines pipelines;

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeEach
	void startAnew() {
		this.http = new Http(this.port);
		this.pipelines.set(CurrentPipelines.classroom());
		this.jdbc.sql("delete from deliveries").update();
		this.starts.clear();
	}

	@Test
	void aPushStartsThePipelineWithTagAndDigest() {
		UUID id = deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		Delivery delivery = settled(id);
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.STARTED);
		assertThat(delivery.verdict()).isEqualTo("started classroom #1 with registry.example.com/classroom/api:v1.9.0");
		StartRequest start = onlyStart();
		assertThat(start.artifacts()).containsExactlyEntriesOf(Map.of("api", "v1.9.0@" + DIGEST));
		assertThat(start.trigger().type()).isEqualTo("image");
		assertThat(start.trigger().user()).isEqualTo("mirror");
		assertThat(start.trigger().pushed()).containsExactly("api");
		assertThat(start.trigger().facts()).containsEntry("tag", "v1.9.0").containsEntry("digest", DIGEST);
	}

	@Test
	void theRegistryMayCallItselfByItsConfiguredAddress() {
		deliverAndSettle(push("127.0.0.1:5000", "classroom/api", "v1.9.0", DIGEST));
		assertThat(onlyStart().artifacts()).containsKey("api");
	}

	@Test
	void anotherRegistryWithTheSamePathStartsNothing() {
		Delivery delivery = deliverAndSettle(push("evil.example.com", "classroom/api", "v1.9.0", DIGEST));
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.IGNORED);
		assertThat(delivery.verdict()).contains("no pipeline has an image trigger for evil.example.com/classroom/api")
			.contains("set the address of host registry.example.com to evil.example.com");
		assertThat(this.starts.requests()).isEmpty();
	}

	@Test
	void aTagOutsideThePatternIsKeptAndExplained() {
		Delivery delivery = deliverAndSettle(push("registry.example.com", "classroom/api", "draft", DIGEST));
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.IGNORED);
		assertThat(delivery.verdict())
			.isEqualTo("tag `draft` does not match `^v\\d+\\.\\d+\\.\\d+$` of pipeline classroom");
	}

	@Test
	void theWholeTagMustMatch() {
		this.pipelines
			.set(CurrentPipelines.pipeline("classroom", "v1", Map.of("api", "registry.example.com/classroom/api")));
		deliverAndSettle(push("registry.example.com", "classroom/api", "xv1x", DIGEST));
		assertThat(this.starts.requests()).isEmpty();
	}

	@Test
	void twoComponentsWithOneImageStartOneExecution() {
		this.pipelines.set(CurrentPipelines.pipeline("classroom", "v.*",
				Map.of("api", "registry.example.com/classroom/api", "worker", "registry.example.com/classroom/api")));
		deliverAndSettle(push("registry.example.com", "classroom/api", "v1", DIGEST));
		assertThat(onlyStart().artifacts()).containsOnlyKeys("api", "worker");
	}

	@Test
	void eachPipelineThatKnowsTheImageStarts() {
		this.pipelines.set(CurrentPipelines.classroom(),
				CurrentPipelines.pipeline("smoke", "v.*", Map.of("api", "registry.example.com/classroom/api")));
		Delivery delivery = deliverAndSettle(push("registry.example.com", "classroom/api", "v1.0.0", DIGEST));
		assertThat(delivery.executions()).hasSize(2);
		assertThat(this.starts.requests()).extracting(StartRequest::pipeline).containsExactly("classroom", "smoke");
	}

	@Test
	void pullsAndLayersStartNothing() {
		Delivery delivery = deliverAndSettle("""
				{"events": [{"action": "pull", "target": {"repository": "classroom/api", "tag": "v1.0.0"}},
				  {"action": "push", "target": {"repository": "classroom/api", "digest": "%s"}}]}""".formatted(DIGEST));
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.IGNORED);
		assertThat(delivery.verdict()).contains("action \"pull\" starts nothing").contains("a push without a tag");
	}

	@Test
	void whatIsNoNotificationIsKeptAndExplained() {
		Delivery delivery = deliverAndSettle("{\"hello\": 1}");
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.IGNORED);
		assertThat(delivery.verdict()).contains("it has no list \"events\"");
	}

	@Test
	void namesOutsideTheStandardNeverReachAVerdict() {
		Delivery delivery = deliverAndSettle(
				push("registry.example.com", "classroom/<script>", "v1\\u0000\\ud800", DIGEST));
		assertThat(delivery.verdict()).isEqualTo("a push names no valid repository and tag");
	}

	@Test
	void dockerHubsWebhookStartsByItsTag() {
		this.pipelines.set(CurrentPipelines.pipeline("site", "v.*", Map.of("web", "acme/web")));
		UUID id = deliver("hub", """
				{"push_data": {"pushed_at": 1417566161, "tag": "v2"}, "repository": {"repo_name": "acme/web"}}""");
		assertThat(settled(id).status()).isEqualTo(DeliveryStatus.STARTED);
		assertThat(onlyStart().artifacts()).containsEntry("web", "v2");
	}

	@Test
	void theSamePayloadAgainIsADuplicateOfTheFirst() {
		String payload = push("registry.example.com", "classroom/api", "v1.9.0", DIGEST);
		UUID first = deliver(payload);
		settled(first);
		Delivery second = deliverAndSettle(payload);
		assertThat(second.status()).isEqualTo(DeliveryStatus.DUPLICATE);
		assertThat(second.verdict()).isEqualTo("same event as delivery " + first);
		assertThat(this.starts.requests()).hasSize(1);
	}

	@Test
	void theSamePushByAnotherEventStartsNothingAgain() {
		deliverAndSettle(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		Delivery second = deliverAndSettle(push("127.0.0.1:5000", "classroom/api", "v1.9.0", DIGEST));
		assertThat(second.status()).isEqualTo(DeliveryStatus.DUPLICATE);
		assertThat(second.verdict()).contains("had started classroom #1 before");
		assertThat(this.starts.requests()).hasSize(1);
	}

	@Test
	void twentySendersOfOneEventStartOneExecution() throws Exception {
		CountDownLatch together = new CountDownLatch(1);
		try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<UUID>> sent = IntStream.range(0, 20).mapToObj((sender) -> senders.submit(() -> {
				together.await();
				return deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
			})).toList();
			together.countDown();
			for (Future<UUID> delivery : sent) {
				settled(delivery.get(30, TimeUnit.SECONDS));
			}
		}
		assertThat(this.starts.requests()).hasSize(1);
		assertThat(count("STARTED")).isEqualTo(1);
		assertThat(count("DUPLICATE")).isEqualTo(19);
	}

	@Test
	void aPersonsReplayStartsAgainInTheirName() {
		UUID first = deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		settled(first);
		HttpResponse<String> answer = this.http.post("engineer", "/api/v1/deliveries/" + first + "/replay", "");
		assertThat(answer.statusCode()).isEqualTo(202);
		Delivery replay = settled(id(answer));
		assertThat(replay.replayOf()).isEqualTo(first);
		assertThat(replay.status()).isEqualTo(DeliveryStatus.STARTED);
		assertThat(this.starts.requests()).extracting((start) -> start.trigger().user())
			.containsExactly("mirror", "engineer");
		assertThat(this.jdbc.sql("select count(*) from audit where action = 'delivery.replay' and subject = ?")
			.param("delivery:" + first)
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void aViewerReplaysNothing() {
		UUID first = deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		assertThat(this.http.post("viewer", "/api/v1/deliveries/" + first + "/replay", "").statusCode()).isEqualTo(403);
	}

	@Test
	void aRefusedStartIsSaidInItsWords() {
		this.starts.refuse(true);
		Delivery delivery = deliverAndSettle(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
		assertThat(delivery.verdict()).contains("pipeline classroom could not be started: Parameters are missing.")
			.contains("parameters.region: is required");
	}

	@Test
	void aStartThatFailsIsTriedAgain() {
		this.starts.failNext(1);
		Delivery delivery = deliverAndSettle(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		assertThat(delivery.attempts()).isEqualTo(1);
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.STARTED);
	}

	@Test
	void aWrongTokenAndAnUnknownReceiverLookTheSame() {
		HttpResponse<String> wrong = send("mirror", "another-token-0123456789", "{}");
		HttpResponse<String> unknown = send("nobody", Service.TOKEN, "{}");
		assertThat(wrong.statusCode()).isEqualTo(404);
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.body()).isEqualTo(wrong.body());
		assertThat(deliveries()).isZero();
	}

	@Test
	void noTokenIsEverLogged(CapturedOutput output) {
		settled(deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST)));
		HttpResponse<String> wrong = send("mirror", "wrong-token-in-the-log", "{}");
		HttpResponse<String> broken = send("mirror", Service.TOKEN, "{");
		HttpResponse<String> longer = this.http
			.send(this.http.to("/webhooks/mirror/" + Service.TOKEN + "/more").POST(BodyPublishers.ofString("{}")));
		HttpResponse<String> read = this.http.send(this.http.to("/webhooks/mirror/" + Service.TOKEN));
		assertThat(read.statusCode()).isEqualTo(405);
		assertThat(List.of(wrong, broken, longer, read))
			.allSatisfy((answer) -> assertThat(answer.body()).doesNotContain(Service.TOKEN, "wrong-token-in-the-log"));
		assertThat(output.getAll()).doesNotContain(Service.TOKEN).doesNotContain("wrong-token-in-the-log");
	}

	@Test
	void malformedJsonIsRefusedWithItsPlace() {
		HttpResponse<String> answer = send("mirror", Service.TOKEN, "{\n  \"events\": [,]\n}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("/problems/unreadable-body").contains("Line 2, column ");
		assertThat(deliveries()).isZero();
	}

	@Test
	void deepJsonIsRefused() {
		HttpResponse<String> answer = send("mirror", Service.TOKEN, "{\"a\":" + "[".repeat(100_000));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("depth");
	}

	@Test
	void textThatIsNotUtf8IsRefused() {
		HttpRequest.Builder request = webhook("mirror", Service.TOKEN)
			.POST(BodyPublishers.ofByteArray(new byte[] { '{', '"', (byte) 0xff, '"', ':', '1', '}' }));
		assertThat(this.http.send(request).statusCode()).isEqualTo(400);
	}

	@Test
	void somethingAfterTheObjectIsRefused() {
		assertThat(send("mirror", Service.TOKEN, "{} {}").statusCode()).isEqualTo(400);
		assertThat(send("mirror", Service.TOKEN, "[]").statusCode()).isEqualTo(400);
	}

	@Test
	void otherMediaTypesAreRefused() {
		HttpRequest.Builder request = this.http.to("/webhooks/mirror/" + Service.TOKEN)
			.header("Content-Type", "text/plain")
			.POST(BodyPublishers.ofString("{}"));
		assertThat(this.http.send(request).statusCode()).isEqualTo(415);
	}

	@Test
	void theRegistrysOwnMediaTypeIsTaken() {
		HttpRequest.Builder request = this.http.to("/webhooks/mirror/" + Service.TOKEN)
			.header("Content-Type", "application/vnd.docker.distribution.events.v1+json")
			.POST(BodyPublishers.ofString("{\"events\": []}"));
		assertThat(this.http.send(request).statusCode()).isEqualTo(202);
	}

	@Test
	void anOversizedBodyIsRefusedByItsLength() {
		HttpResponse<String> answer = send("mirror", Service.TOKEN, oversized());
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(deliveries()).isZero();
	}

	@Test
	void anOversizedBodyIsRefusedWithoutALength() {
		byte[] bytes = oversized().getBytes();
		HttpResponse<String> answer = this.http.send(webhook("mirror", Service.TOKEN)
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(deliveries()).isZero();
	}

	@Test
	void aBodyOfJustTheLimitIsTaken() {
		String body = "{\"a\":\"" + "x".repeat(Payloads.LIMIT - 8) + "\"}";
		assertThat(send("mirror", Service.TOKEN, body).statusCode()).isEqualTo(202);
	}

	@Test
	void refusedDeliveriesAreAudited() {
		send("mirror", Service.TOKEN, "{");
		assertThat(this.jdbc.sql("select count(*) from audit where action = 'webhook.receive' and outcome = 'refused'")
			.query(Long.class)
			.single()).isPositive();
	}

	@Test
	void deliveriesAreListedByPagesAndFilters() {
		UUID first = deliver(push("registry.example.com", "classroom/api", "v1.9.0", DIGEST));
		UUID second = deliver(push("registry.example.com", "classroom/api", "draft", DIGEST));
		settled(first);
		settled(second);
		String newest = this.http.get("viewer", "/api/v1/deliveries?limit=1").body();
		assertThat(newest).contains(second.toString()).contains("\"next\":\"" + second + "\"");
		assertThat(this.http.get("viewer", "/api/v1/deliveries?limit=1&cursor=" + second).body())
			.contains(first.toString())
			.contains("\"next\":null");
		assertThat(this.http.get("viewer", "/api/v1/deliveries?status=IGNORED").body()).contains(second.toString())
			.doesNotContain(first.toString());
		assertThat(this.http.get("viewer", "/api/v1/deliveries?receiver=hub").body()).contains("\"items\":[]");
		assertThat(this.http.get("viewer", "/api/v1/deliveries/" + first).body()).contains("\"payload\":");
		assertThat(this.http.get("viewer", "/api/v1/deliveries?status=NONE").statusCode()).isEqualTo(400);
		assertThat(this.http.get("viewer", "/api/v1/deliveries?limit=0").statusCode()).isEqualTo(400);
		assertThat(this.http.get("viewer", "/api/v1/deliveries/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
	}

	private Delivery deliverAndSettle(String payload) {
		return settled(deliver(payload));
	}

	private UUID deliver(String payload) {
		return deliver("mirror", payload);
	}

	private UUID deliver(String receiver, String payload) {
		HttpResponse<String> answer = send(receiver, Service.TOKEN, payload);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		return id(answer);
	}

	private HttpResponse<String> send(String receiver, String token, String payload) {
		return this.http.send(webhook(receiver, token).POST(BodyPublishers.ofString(payload)));
	}

	private HttpRequest.Builder webhook(String receiver, String token) {
		return this.http.to("/webhooks/" + receiver + "/" + token).header("Content-Type", "application/json");
	}

	private Delivery settled(UUID id) {
		Deliveries deliveries = new Deliveries(this.jdbc, new JsonColumns());
		Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
		while (Instant.now().isBefore(deadline)) {
			Delivery delivery = deliveries.find(id).orElseThrow().delivery();
			if (delivery.status() != DeliveryStatus.PENDING) {
				return delivery;
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
		throw new AssertionError("delivery " + id + " still waits: " + deliveries.find(id));
	}

	private StartRequest onlyStart() {
		assertThat(this.starts.requests()).hasSize(1);
		return this.starts.requests().getFirst();
	}

	private long deliveries() {
		return this.jdbc.sql("select count(*) from deliveries").query(Long.class).single();
	}

	private long count(String status) {
		return this.jdbc.sql("select count(*) from deliveries where status = ?")
			.param(status)
			.query(Long.class)
			.single();
	}

	private static UUID id(HttpResponse<String> answer) {
		return UUID.fromString(answer.body().replaceFirst("^\\{\"id\":\"([^\"]+)\".*$", "$1"));
	}

	private static String oversized() {
		return "{\"a\":\"" + "x".repeat(Payloads.LIMIT) + "\"}";
	}

	private static String push(String host, String repository, String tag, String digest) {
		return """
				{"events": [{"id": "320678d8", "action": "push", "request": {"host": "%s"}, "target": {
				  "mediaType": "application/vnd.oci.image.index.v1+json",
				  "repository": "%s", "tag": "%s", "digest": "%s"}}]}""".formatted(host, repository, tag, digest);
	}

}
