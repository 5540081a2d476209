package io.gennaker.workflows.webhook;

import io.temporal.activity.ActivityInterface;

/**
 * Asks other services for something. Served on the central task queue.
 */
@ActivityInterface(namePrefix = "Webhook")
public interface WebhookActivities {

	/**
	 * Sends the request and, where the stage polls, asks until what it waits for is true.
	 * Secrets are read here and leave this service in the request alone. After the loss
	 * of a worker the request may be sent again, with the same {@code Idempotency-Key};
	 * once it was answered well, only polling goes on.
	 * <p>
	 * Fails permanently ({@link io.gennaker.workflows.release.Failures#WEBHOOK_FAILED})
	 * where the service refuses, or its host or a secret is not configured; a service
	 * that does not answer is asked again.
	 */
	WebhookResult call(WebhookRequest request);

}
