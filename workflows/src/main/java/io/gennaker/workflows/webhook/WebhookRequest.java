package io.gennaker.workflows.webhook;

import java.time.Duration;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;

/**
 * Asks for a request to another service.
 *
 * @param executionId the execution
 * @param stage what to send
 * @param context what expressions may refer to
 * @param timeout how long it may take, with all attempts
 */
public record WebhookRequest(String executionId, Stage.Webhook stage, ExpressionContext context, Duration timeout) {
}
