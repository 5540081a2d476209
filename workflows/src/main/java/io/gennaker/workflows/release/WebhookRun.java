package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.webhook.WebhookActivities;
import io.gennaker.workflows.webhook.WebhookRequest;
import io.gennaker.workflows.webhook.WebhookResult;

/**
 * A stage that asks another service for something.
 */
final class WebhookRun {

	/** Of a stage that gives no time-out. */
	private static final Duration TIMEOUT = Duration.ofHours(1);

	private final Stage.Webhook stage;

	private final StageStanding standing;

	private final ReleaseState state;

	private final CentralActivities activities;

	WebhookRun(Stage.Webhook stage, StageStanding standing, ReleaseState state, CentralActivities activities) {
		this.stage = stage;
		this.standing = standing;
		this.state = state;
		this.activities = activities;
	}

	StageOutcome run() {
		Duration timeout = Objects.requireNonNullElse(this.stage.options().timeout(), TIMEOUT);
		this.state.change(this.standing, Status.RUNNING, (this.stage.poll() != null)
				? "asks, and waits until " + this.stage.poll().until() : "asks another service", null);
		WebhookResult result = this.activities.longRunning(WebhookActivities.class, timeout)
			.call(new WebhookRequest(this.state.executionId(), this.stage, this.state.context(), timeout));
		return StageOutcome.succeeded(result.summary(), Map.of("status", String.valueOf(result.status())));
	}

}
