package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.gennaker.activities.rollout.RolloutProgress.Outage;
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

	private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

	/** Time to read pods, events and logs before Temporal ends an activity. */
	private static final Duration TO_EXPLAIN = Duration.ofSeconds(15);

	private final Duration timeout;

	private final Clock clock;

	private final Consumer<Outage> away;

	/**
	 * An attempt of whose outages nobody is told but Temporal.
	 * @param timeout how long the activity may take, with all attempts
	 */
	ClusterAttempt(Duration timeout, Clock clock) {
		this(timeout, clock, (_) -> {
		});
	}

	/**
	 * An attempt.
	 * @param timeout how long the activity may take, with all attempts
	 * @param away told when the cluster does not answer
	 */
	ClusterAttempt(Duration timeout, Clock clock, Consumer<Outage> away) {
		this.timeout = timeout;
		this.clock = clock;
		this.away = away;
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
		catch (StaleHolderException ex) {
			throw permanent(Failures.STALE_HOLDER, ex);
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

	/**
	 * Tells people of the outage, and Temporal when to try again: just when they were
	 * told.
	 */
	private ApplicationFailure passing(ApiOutage cause) {
		ActivityInfo info = Activity.getExecutionContext().getInfo();
		Duration asked = cause.retryAfter();
		Duration delay = (asked != null) ? asked : backoff(info.getAttempt());
		Duration limit = info.getScheduleToCloseTimeout();
		Instant until = (limit == null || limit.isZero()) ? null
				: Instant.ofEpochMilli(info.getScheduledTimestamp()).plus(limit);
		Instant now = this.clock.instant();
		String words = String.valueOf(cause.getMessage());
		this.away.accept(new Outage(words, now, now.plus(delay), until));
		return ApplicationFailure.newBuilder()
			.setMessage(words)
			.setType(ClusterRolloutActivities.CLUSTER_UNAVAILABLE)
			.setNextRetryDelay(delay)
			.build();
	}

	private static Duration backoff(int attempt) {
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.clamp(attempt - 1L, 0, 10));
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
	}

}
