package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.workflows.release.Failures;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;

/**
 * What the attempts of activities on clusters share: their failures in Temporal's terms,
 * and until when they may take.
 */
final class ClusterAttempt {

	/** Time to read pods, events and logs before Temporal ends an activity. */
	private static final Duration TO_EXPLAIN = Duration.ofSeconds(15);

	private final Duration timeout;

	private final Clock clock;

	/**
	 * An attempt.
	 * @param timeout how long the activity may take, with all attempts
	 */
	ClusterAttempt(Duration timeout, Clock clock) {
		this.timeout = timeout;
		this.clock = clock;
	}

	/**
	 * Does the work; what fails is told as permanent or as passing.
	 */
	<T> T run(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (CheckFailedException ex) {
			throw permanent(Failures.CHECK_FAILED, ex);
		}
		catch (UnhealthyException ex) {
			throw permanent(Failures.UNHEALTHY, ex);
		}
		catch (ApiRefusal | ManifestException | IllegalArgumentException ex) {
			throw permanent(Failures.ROLLOUT_REFUSED, ex);
		}
		catch (ApiOutage ex) {
			if (ex.isBounded() && waited().compareTo(this.timeout) > 0) {
				throw permanent(Failures.ROLLOUT_REFUSED, ex);
			}
			throw passing(ex);
		}
	}

	/**
	 * Until when the work may take. It lies before the moment at which Temporal would end
	 * the activity, and with it the explanation.
	 */
	Instant deadline(Heartbeat heartbeat) {
		ActivityInfo info = Activity.getExecutionContext().getInfo();
		Instant own = Instant.ofEpochMilli(heartbeat.latest().startedAt()).plus(this.timeout);
		Duration limit = info.getScheduleToCloseTimeout();
		if (limit == null || limit.isZero()) {
			return own;
		}
		Duration tenth = limit.dividedBy(10);
		Duration margin = (tenth.compareTo(TO_EXPLAIN) < 0) ? tenth : TO_EXPLAIN;
		Instant temporals = Instant.ofEpochMilli(info.getScheduledTimestamp()).plus(limit).minus(margin);
		return temporals.isBefore(own) ? temporals : own;
	}

	private Duration waited() {
		Instant scheduled = Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
		return Duration.between(scheduled, this.clock.instant());
	}

	private static ApplicationFailure permanent(String type, RuntimeException cause) {
		return ApplicationFailure.newNonRetryableFailure(String.valueOf(cause.getMessage()), type);
	}

	private static ApplicationFailure passing(ApiOutage cause) {
		ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
			.setMessage(String.valueOf(cause.getMessage()))
			.setType(ClusterRolloutActivities.CLUSTER_UNAVAILABLE);
		Duration delay = cause.retryAfter();
		return ((delay != null) ? failure.setNextRetryDelay(delay) : failure).build();
	}

}
