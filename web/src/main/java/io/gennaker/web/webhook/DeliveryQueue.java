package io.gennaker.web.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.webhook.DeliveryWork.Claimed;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes pending deliveries one by one, in the order of their arrival. What a delivery
 * starts is committed with its verdict, so that a service killed in between does it all
 * again, or not at all.
 */
@Component
class DeliveryQueue {

	/** With the waits between them, some 20 minutes. */
	static final int ATTEMPTS = 12;

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	private static final Log log = LogFactory.getLog(DeliveryQueue.class);

	private final DeliveryWork work;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	DeliveryQueue(DeliveryWork work, JdbcClient jdbc, TransactionOperations transactions, JsonColumns json) {
		this.work = work;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
	}

	/**
	 * Works one delivery off.
	 * @return whether there was one
	 */
	boolean workOne() {
		Claimed[] claimed = new Claimed[1];
		try {
			this.transactions.executeWithoutResult((_) -> claim().ifPresent((delivery) -> {
				claimed[0] = delivery;
				finish(delivery.id(), this.work.workOff(delivery));
			}));
		}
		catch (RuntimeException exception) {
			if (claimed[0] == null) {
				throw exception;
			}
			log.warn("Delivery " + claimed[0].id() + " could not be worked off", exception);
			postpone(claimed[0], exception);
		}
		return claimed[0] != null;
	}

	private Optional<Claimed> claim() {
		return this.jdbc.sql("""
				select id, receiver, fingerprint, payload, attempts, replayed_by from deliveries
				where status = 'PENDING' and next_attempt <= now()
				order by id limit 1 for update skip locked""").query(Claimed.class).optional();
	}

	private void finish(UUID id, Verdict verdict) {
		this.jdbc.sql("update deliveries set status = ?, verdict = ?, executions = ?::jsonb where id = ?")
			.params(verdict.status().name(), verdict.text(), this.json.write(verdict.executions()), id)
			.update();
	}

	private void postpone(Claimed delivery, RuntimeException exception) {
		int attempts = delivery.attempts() + 1;
		boolean last = attempts >= ATTEMPTS;
		Duration wait = Duration.ofSeconds(1L << Math.min(attempts, 30));
		String reason = exception.getClass().getSimpleName() + ": "
				+ String.valueOf(exception.getMessage()).replaceAll("\\p{Cntrl}", " ");
		this.jdbc.sql("""
				update deliveries set status = ?, attempts = ?, verdict = ?, next_attempt = now() + ?::interval
				where id = ? and status = 'PENDING'""")
			.params(last ? "FAILED" : "PENDING", attempts,
					"attempt " + attempts + " of " + ATTEMPTS + " failed: " + reason,
					((wait.compareTo(LONGEST_WAIT) < 0) ? wait : LONGEST_WAIT).toString(), delivery.id())
			.update();
	}

}
