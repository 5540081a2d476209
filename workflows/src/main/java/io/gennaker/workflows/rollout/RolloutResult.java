package io.gennaker.workflows.rollout;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's rollout ended.
 *
 * @param status {@link Status#SUCCEEDED}, {@link Status#FAILED} or
 * {@link Status#CANCELED}
 * @param cause why it did not succeed, in words for people: what was and was not done
 */
public record RolloutResult(String cluster, Status status, @Nullable String cause) {
}
