package io.gennaker.workflows.webhook;

/**
 * What a service answered last.
 *
 * @param status the HTTP status
 * @param summary in words for people
 */
public record WebhookResult(int status, String summary) {
}
