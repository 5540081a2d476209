package io.gennaker.activities.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.HeaderValue;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.temporal.PayloadConverters;
import io.gennaker.workflows.webhook.WebhookActivities;
import io.gennaker.workflows.webhook.WebhookRequest;
import io.gennaker.workflows.webhook.WebhookResult;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Requests to a real server on this machine.
 */
@Timeout(60)
class HttpWebhooksTests {

	private static final Expressions EXPRESSIONS = new Expressions();

	private static final String SECRET = "s3cr3t-canary-value";

	private final Deque<Answer> answers = new ArrayDeque<>();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private HttpServer server;

	private @Nullable WebhookBeat beat;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void theRequestCarriesWhatTheStageSaysAndTheSecret() {
		this.answers.add(new Answer(202, "{\"accepted\": true}"));
		Map<String, HeaderValue> headers = new LinkedHashMap<>();
		headers.put("Authorization", new HeaderValue.Secret("chat"));
		headers.put("X-Number", new HeaderValue.Text("${{ execution.number }}"));
		WebhookResult result = call(new Stage.Webhook("ask", Stage.Options.NONE, url("/hook/${{ trigger.tag }}"), "PUT",
				headers, Map.of("text", "#${{ execution.number }}", "count", 3L),
				"response.status == 202 && response.body.accepted", null));
		assertThat(result.status()).isEqualTo(202);
		assertThat(this.received).singleElement().satisfies((one) -> {
			assertThat(one.method()).isEqualTo("PUT");
			assertThat(one.path()).isEqualTo("/hook/v7");
			assertThat(one.headers()).containsEntry("Authorization", SECRET)
				.containsEntry("X-number", "12")
				.containsEntry("Content-type", "application/json")
				.containsEntry("Idempotency-key", "0199-execution/ask");
			assertThat(one.body()).contains("\"text\":\"#12\"").contains("\"count\":3");
		});
	}

	@Test
	void anAnswerThatEchoesASecretIsMasked() {
		this.answers.add(new Answer(200, "hello " + SECRET));
		assertThat(call(plain("/")).summary()).isEqualTo("answered 200 hello ***");
		this.answers.add(new Answer(403, "no " + SECRET));
		assertThat(failure(() -> call(plain("/"))).getOriginalMessage()).isEqualTo("The service answered 403 no ***");
	}

	@Test
	void aConditionThatDoesNotHoldTellsWhatItRead() {
		this.answers.add(new Answer(200, "{\"state\": \"refused\"}"));
		ApplicationFailure failure = failure(() -> call(new Stage.Webhook("ask", Stage.Options.NONE, url("/"), "POST",
				Map.of(), null, "response.body.state == 'accepted'", null)));
		assertThat(failure.getType()).isEqualTo(Failures.WEBHOOK_FAILED);
		assertThat(failure.isNonRetryable()).isTrue();
		assertThat(failure.getOriginalMessage())
			.contains("'response.body.state == 'accepted'' does not hold: response.body.state is 'refused'");
	}

	@Test
	void aServiceThatIsBusyIsAskedAgainByTemporal() {
		this.answers.add(new Answer(503, "later"));
		ApplicationFailure failure = failure(() -> call(plain("/")));
		assertThat(failure.getType()).isEqualTo(HttpWebhooks.UNAVAILABLE);
		assertThat(failure.isNonRetryable()).isFalse();
	}

	@Test
	void itIsAskedAgainUntilItIsDone() {
		this.answers.add(new Answer(202, "{}"));
		this.answers.add(new Answer(200, "{\"state\": \"running\"}"));
		this.answers.add(new Answer(503, "busy"));
		this.answers.add(new Answer(200, "{\"state\": \"done\"}"));
		WebhookResult result = call(new Stage.Webhook("ask", Stage.Options.NONE, url("/start"), "POST", Map.of(), "go",
				null, new Stage.Poll(url("/state"), Duration.ofMillis(50), "response.body.state == 'done'")));
		assertThat(result.summary()).isEqualTo("'response.body.state == 'done'' holds: response.body.state is 'done'");
		assertThat(this.received).extracting(Received::path).containsExactly("/start", "/state", "/state", "/state");
	}

	@Test
	void aRequestThatWasAnsweredWellIsNotSentAgainAfterAWorkerWasLost() {
		this.beat = new WebhookBeat(true);
		this.answers.add(new Answer(200, "{\"state\": \"done\"}"));
		call(new Stage.Webhook("ask", Stage.Options.NONE, url("/start"), "POST", Map.of(), "go", null,
				new Stage.Poll(url("/state"), Duration.ofMillis(50), "response.body.state == 'done'")));
		assertThat(this.received).extracting(Received::path).containsExactly("/state");
	}

	@Test
	void aRedirectIsNotFollowed() {
		this.answers.add(new Answer(302, ""));
		assertThat(failure(() -> call(plain("/"))).getOriginalMessage()).isEqualTo("The service answered 302");
		assertThat(this.received).hasSize(1);
	}

	@Test
	void anAnswerOfMoreThanAMegabyteIsRefused() {
		this.answers.add(new Answer(200, "x".repeat(1024 * 1024 + 1)));
		assertThat(failure(() -> call(plain("/"))).getOriginalMessage()).contains("more than 1 MiB");
	}

	@Test
	void aHostThatNobodyListedIsNotSpokenTo() {
		ApplicationFailure failure = failure(() -> call(List.of(), plain("/")));
		assertThat(failure.getType()).isEqualTo(Failures.WEBHOOK_FAILED);
		assertThat(failure.getOriginalMessage()).startsWith("Webhooks may not go to http://127.0.0.1:")
			.contains("an operator can add")
			.contains("gennaker.webhooks.allowed-hosts");
		assertThat(this.received).isEmpty();
	}

	@Test
	void aListedHostIsNotSpokenToWithoutTlsOrAtAnotherPort() {
		assertThat(failure(() -> call(List.of("127.0.0.1:" + port()), plain("/"))).getOriginalMessage())
			.contains("may not go to");
		assertThat(failure(() -> call(List.of("http://127.0.0.1"), plain("/"))).getOriginalMessage())
			.contains("may not go to");
		assertThat(this.received).isEmpty();
	}

	@Test
	void aNameThatLeadsToThisMachineIsRefused() {
		String name = "loopback.localhost";
		Stage.Webhook webhook = new Stage.Webhook("ask", Stage.Options.NONE, "http://" + name + ":" + port() + "/",
				"POST", Map.of(), null, null, null);
		ApplicationFailure failure = failure(() -> call(List.of("http://" + name + ":" + port()), webhook));
		assertThat(failure.getOriginalMessage()).containsAnyOf("its address is 127.0.0.1", "its address is 0:0",
				"There is no address");
		assertThat(this.received).isEmpty();
	}

	@Test
	void aSecretThatNobodyConfiguredIsNamed() {
		Stage.Webhook webhook = new Stage.Webhook("ask", Stage.Options.NONE, url("/"), "POST",
				Map.of("A", new HeaderValue.Secret("chta")), null, null, null);
		assertThat(failure(() -> call(webhook)).getOriginalMessage())
			.isEqualTo("There is no secret 'chta': an operator can add it under gennaker.secrets; there are chat");
	}

	@Test
	void whatIsNoHostIsRefusedAtTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WebhookHosts(List.of("https://a.example.com/path")))
			.withMessageContaining("which is no host");
	}

	private String url(String path) {
		return "http://127.0.0.1:" + port() + path;
	}

	private int port() {
		return this.server.getAddress().getPort();
	}

	private Stage.Webhook plain(String path) {
		return new Stage.Webhook("ask", Stage.Options.NONE, url(path), "POST", Map.of(), null, null, null);
	}

	private WebhookResult call(Stage.Webhook webhook) {
		return call(List.of("http://127.0.0.1:" + port()), webhook);
	}

	private WebhookResult call(List<String> hosts, Stage.Webhook webhook) {
		TestActivityEnvironment environment = environment();
		try {
			environment.registerActivitiesImplementations(
					new HttpWebhooks(new WebhookHosts(hosts), new WebhookSecrets(Map.of("chat", SECRET)), EXPRESSIONS));
			if (this.beat != null) {
				environment.setHeartbeatDetails(this.beat);
			}
			WebhookActivities activities = environment.newActivityStub(WebhookActivities.class,
					ActivityOptions.newBuilder()
						.setStartToCloseTimeout(Duration.ofSeconds(30))
						.setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
						.build());
			ExpressionContext context = new ExpressionContext(Map.of(), Map.of(), Map.of("tag", "v7"),
					Map.of("number", "12"), Map.of(), null);
			return activities.call(new WebhookRequest("0199-execution", webhook, context, Duration.ofSeconds(30)));
		}
		finally {
			environment.close();
		}
	}

	private static TestActivityEnvironment environment() {
		return TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
			.setWorkflowClientOptions(
					WorkflowClientOptions.newBuilder().setDataConverter(PayloadConverters.dataConverter()).build())
			.build());
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, String> headers = new LinkedHashMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
			this.received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers,
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			Answer answer = this.answers.removeFirst();
			byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
			if (answer.status() == 302) {
				exchange.getResponseHeaders().set("Location", "/elsewhere");
			}
			exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
			if (body.length > 0) {
				exchange.getResponseBody().write(body);
			}
		}
	}

	private static ApplicationFailure failure(ThrowingCallable call) {
		@Nullable ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, call);
		assertThat(failure).as("the activity's failure").isNotNull();
		return (ApplicationFailure) failure.getCause();
	}

	private record Answer(int status, String body) {
	}

	private record Received(String method, String path, Map<String, String> headers, String body) {
	}

}
