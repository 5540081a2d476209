package io.gennaker.activities.webhook;

/**
 * A request that is not sent, or that another service refuses, however often one asks.
 */
final class WebhookRefusedException extends RuntimeException {

	WebhookRefusedException(String message) {
		super(message);
	}

}
