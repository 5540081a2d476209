package io.gennaker.web.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted; null does not narrow.
 *
 * @param from the first moment, included
 * @param until the last moment, excluded
 */
public record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable String subject,
		@Nullable String outcome, @Nullable Instant from, @Nullable Instant until) {

	/**
	 * All of them.
	 */
	public static AuditFilter all() {
		return new AuditFilter(null, null, null, null, null, null);
	}

}
