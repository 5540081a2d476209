package io.gennaker.web.audit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes audit entries, in the caller's transaction where there is one.
 */
@Component
public class Audit {

	private final JdbcClient jdbc;

	Audit(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds an entry.
	 * @param actor the user's name, or the receiver's for an event
	 * @param action a verb in the field's terms, such as {@code execution.start}
	 * @param subject what it was done to, such as {@code execution:<id>} or
	 * {@code pipeline:classroom}
	 * @param outcome {@code done} or {@code refused}
	 * @param detail in words, without secrets
	 */
	public void record(String actor, String action, String subject, String outcome, String detail) {
		this.jdbc.sql("insert into audit (actor, action, subject, outcome, detail) values (?, ?, ?, ?, ?)")
			.params(actor, action, subject, outcome, detail)
			.update();
	}

}
