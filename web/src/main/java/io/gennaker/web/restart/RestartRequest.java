package io.gennaker.web.restart;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Asks for an execution that goes on from a stage of an earlier one.
 *
 * @param execution the earlier one
 * @param from the stage that is done again, and with it all that need it
 * @param allowOlder whether it may replace something newer
 * @param user who asks
 * @param reason why, perhaps empty
 * @param idempotencyKey a repeated request with the same key gives the same execution;
 * null for none
 */
public record RestartRequest(UUID execution, String from, boolean allowOlder, String user, String reason,
		@Nullable String idempotencyKey) {
}
