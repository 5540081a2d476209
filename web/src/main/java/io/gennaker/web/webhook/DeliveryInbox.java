package io.gennaker.web.webhook;

import java.util.HexFormat;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.database.TimeOrderedIds;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps deliveries.
 */
@Component
public class DeliveryInbox {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Audit audit;

	private final ApplicationEventPublisher events;

	DeliveryInbox(JdbcClient jdbc, TransactionOperations transactions, Audit audit, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.audit = audit;
		this.events = events;
	}

	/**
	 * Stores a delivery; it is committed when this returns.
	 */
	UUID store(Receiver receiver, String contentType, String payload) {
		UUID id = TimeOrderedIds.next();
		String fingerprint = HexFormat.of().formatHex(Receivers.digest(receiver.name() + "\n" + payload));
		this.transactions.executeWithoutResult((_) -> this.jdbc.sql("""
				insert into deliveries (id, receiver, fingerprint, content_type, payload, status)
				values (?, ?, ?, ?, ?, 'PENDING')""")
			.params(id, receiver.name(), fingerprint, contentType, payload)
			.update());
		this.events.publishEvent(new Stored(id));
		return id;
	}

	/**
	 * Has a delivery worked off once more, as a new one that may start executions again.
	 * @param user who wants it
	 * @return the new delivery
	 * @throws NotFoundException if there is no such delivery
	 */
	public UUID replay(UUID delivery, String user) {
		UUID id = TimeOrderedIds.next();
		this.transactions.executeWithoutResult((_) -> {
			int copied = this.jdbc
				.sql("""
						insert into deliveries (id, receiver, fingerprint, content_type, payload, status, replay_of, replayed_by)
						select ?, receiver, fingerprint, content_type, payload, 'PENDING', id, ?
						from deliveries where id = ?""")
				.params(id, user, delivery)
				.update();
			if (copied == 0) {
				throw Deliveries.unknown(delivery);
			}
			this.audit.record(user, "delivery.replay", "delivery:" + delivery, "done", "as delivery " + id);
		});
		this.events.publishEvent(new Stored(id));
		return id;
	}

	/**
	 * A delivery waits to be worked off.
	 */
	record Stored(UUID id) {
	}

}
