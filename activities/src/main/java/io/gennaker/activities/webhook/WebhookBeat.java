package io.gennaker.activities.webhook;

/**
 * What a webhook's activity tells Temporal, and finds again after its worker was lost.
 *
 * @param accepted whether the request itself was answered well
 */
record WebhookBeat(boolean accepted) {
}
