package io.gennaker.web.webhook;

import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets deliveries after 30 days. What they started stays, and so does the key by which
 * the same push starts nothing again.
 */
@Component
class DeliveryRetention {

	private static final Log log = LogFactory.getLog(DeliveryRetention.class);

	private final JdbcClient jdbc;

	DeliveryRetention(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void forget() {
		try {
			this.jdbc.sql("""
					delete from deliveries d where d.received_at < now() - interval '30 days' and d.status <> 'PENDING'
					and not exists (select from deliveries r where r.replay_of = d.id)""").update();
		}
		catch (DataAccessException exception) {
			log.warn("Old deliveries could not be deleted and stay for another hour: " + exception.getMessage());
		}
	}

}
