package io.gennaker.web.audit;

import java.time.Instant;

/**
 * Who did what.
 *
 * @param id grows with each entry
 * @param actor the user's name, or the receiver's for an event
 * @param action such as {@code execution.start}
 * @param subject such as {@code pipeline:classroom}
 * @param outcome {@code done} or {@code refused}
 * @param detail in words
 */
public record AuditEntry(long id, Instant at, String actor, String action, String subject, String outcome,
		String detail) {
}
