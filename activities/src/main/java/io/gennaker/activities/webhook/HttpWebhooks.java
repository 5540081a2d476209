package io.gennaker.activities.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.HeaderValue;
import io.gennaker.pipelines.model.Stage.Poll;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.webhook.WebhookActivities;
import io.gennaker.workflows.webhook.WebhookRequest;
import io.gennaker.workflows.webhook.WebhookResult;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/**
 * Asks other services over HTTP.
 */
public final class HttpWebhooks implements WebhookActivities {

	/** The type of failures that may pass: a service that does not answer. Retried. */
	public static final String UNAVAILABLE = "webhook-unavailable";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration HEARTBEAT = Duration.ofSeconds(2);

	private final WebhookCalls calls;

	private final WebhookSecrets secrets;

	private final Expressions expressions;

	/**
	 * Webhooks to some hosts.
	 * @param hosts which may be spoken to
	 * @param secrets what headers may carry
	 * @param expressions evaluates texts and conditions
	 */
	public HttpWebhooks(WebhookHosts hosts, WebhookSecrets secrets, Expressions expressions) {
		this.calls = new WebhookCalls(hosts);
		this.secrets = secrets;
		this.expressions = expressions;
	}

	@Override
	public WebhookResult call(WebhookRequest request) {
		try {
			ActivityExecutionContext activity = Activity.getExecutionContext();
			boolean accepted = activity.getHeartbeatDetails(WebhookBeat.class).map(WebhookBeat::accepted).orElse(false);
			Stage.Webhook stage = request.stage();
			Poll poll = stage.poll();
			if (!accepted) {
				WebhookAnswer answer = first(request);
				if (poll == null) {
					return new WebhookResult(answer.status(), this.secrets.mask("answered " + answer.words()));
				}
				activity.heartbeat(new WebhookBeat(true));
			}
			return poll(request, (poll != null) ? poll : new Poll(null, Duration.ofSeconds(10), "true"), activity);
		}
		catch (WebhookRefusedException ex) {
			throw ApplicationFailure.newNonRetryableFailure(this.secrets.mask(String.valueOf(ex.getMessage())),
					Failures.WEBHOOK_FAILED);
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(this.secrets.mask(String.valueOf(ex.getMessage())),
					Failures.BAD_EXPRESSION);
		}
		catch (IOException ex) {
			throw ApplicationFailure.newFailure(this.secrets.mask(String.valueOf(ex.getMessage())), UNAVAILABLE);
		}
	}

	private WebhookAnswer first(WebhookRequest request) throws IOException {
		Stage.Webhook stage = request.stage();
		Map<String, String> headers = headers(request);
		String body = body(stage.body(), request.context(), headers);
		WebhookAnswer answer = this.calls.send(stage.method(), text(stage.url(), request), headers, body);
		String success = stage.success();
		boolean well = (success != null) ? holds(success, request, answer) : answer.well();
		if (!well && answer.passing()) {
			throw new IOException("The service answered " + answer.words());
		}
		if (!well) {
			throw new WebhookRefusedException("The service answered " + answer.words()
					+ ((success != null) ? "; '" + success + "' does not hold" + readings(success, answer) : ""));
		}
		return answer;
	}

	private WebhookResult poll(WebhookRequest request, Poll poll, ActivityExecutionContext activity)
			throws IOException {
		String url = text((poll.url() != null) ? poll.url() : request.stage().url(), request);
		while (true) {
			WebhookAnswer answer = this.calls.send("GET", url, headers(request), null);
			if (!answer.passing() && holds(poll.until(), request, answer)) {
				return new WebhookResult(answer.status(),
						this.secrets.mask("'" + poll.until() + "' holds" + readings(poll.until(), answer)));
			}
			if (answer.status() >= 400 && answer.status() < 500 && !answer.passing()) {
				throw new WebhookRefusedException(
						"The service answered " + answer.words() + " when it was asked again");
			}
			pause(poll.every(), activity);
		}
	}

	/** Waits, and hears of a cancellation while it does. */
	private static void pause(Duration every, ActivityExecutionContext activity) {
		long end = System.nanoTime() + every.toNanos();
		try {
			for (long left = every.toNanos(); left > 0; left = end - System.nanoTime()) {
				activity.heartbeat(new WebhookBeat(true));
				activity.getCancellationToken().throwIfCancellationRequested();
				new CountDownLatch(1).await(Math.min(left, HEARTBEAT.toNanos()), TimeUnit.NANOSECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ApplicationFailure.newFailure("The worker is shutting down; another one goes on", UNAVAILABLE);
		}
	}

	private String text(String text, WebhookRequest request) {
		return this.expressions.text(text, request.context());
	}

	private Map<String, String> headers(WebhookRequest request) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Idempotency-Key", request.executionId() + "/" + request.stage().id());
		request.stage().headers().forEach((name, value) -> headers.put(name, switch (value) {
			case HeaderValue.Text(String text) -> text(text, request);
			case HeaderValue.Secret(String secret) -> this.secrets.require(secret);
		}));
		return headers;
	}

	private @Nullable String body(@Nullable Object body, ExpressionContext context, Map<String, String> headers) {
		if (body == null) {
			return null;
		}
		if (body instanceof String text) {
			return this.expressions.text(text, context);
		}
		if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
			headers.put("Content-Type", "application/json");
		}
		try {
			return JSON.writeValueAsString(tree(body, context));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("a tree of maps, lists and scalars is JSON", ex);
		}
	}

	private @Nullable Object tree(@Nullable Object tree, ExpressionContext context) {
		return switch (tree) {
			case String text -> this.expressions.value(text, context);
			case Map<?, ?> map -> {
				Map<String, @Nullable Object> copy = new LinkedHashMap<>();
				map.forEach((key, value) -> copy.put(String.valueOf(key), tree(value, context)));
				yield copy;
			}
			case List<?> list -> {
				List<@Nullable Object> copy = new ArrayList<>();
				list.forEach((item) -> copy.add(tree(item, context)));
				yield copy;
			}
			case null, default -> tree;
		};
	}

	private boolean holds(String condition, WebhookRequest request, WebhookAnswer answer) {
		try {
			return this.expressions.condition(condition, request.context(), Map.of("response", answer.tree()));
		}
		catch (ExpressionException ex) {
			throw new WebhookRefusedException("The service answered " + answer.words() + ", of which " + ex.getMessage()
					+ ". Where a field may be missing, ask has() first");
		}
	}

	private String readings(String condition, WebhookAnswer answer) {
		String told = this.expressions.readings(condition, "response", answer.tree())
			.entrySet()
			.stream()
			.map((reading) -> reading.getKey() + " is " + reading.getValue())
			.collect(Collectors.joining(", "));
		return told.isEmpty() ? "" : ": " + told;
	}

}
