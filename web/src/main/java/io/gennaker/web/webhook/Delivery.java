package io.gennaker.web.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A delivery without its payload.
 *
 * @param id a UUIDv7
 * @param verdict what it did and why, in words; one line per finding
 * @param attempts how often it was tried in vain
 * @param nextAttempt when it is tried next; null once it is done
 * @param executions those that it started, or that the same event had started before
 * @param replayOf the delivery that it repeats
 * @param replayedBy who had it repeated
 */
public record Delivery(UUID id, String receiver, Instant receivedAt, DeliveryStatus status, String verdict,
		int attempts, @Nullable Instant nextAttempt, List<UUID> executions, @Nullable UUID replayOf,
		@Nullable String replayedBy) {

	public Delivery {
		executions = List.copyOf(executions);
	}

	/**
	 * A delivery with its payload.
	 *
	 * @param contentType as the sender named it
	 * @param payload JSON, as it came
	 */
	public record Detail(Delivery delivery, String contentType, String payload) {
	}

}
