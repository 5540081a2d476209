package io.gennaker.web.lock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes what executions left that have ended without giving their places back. Whoever
 * asks for such a place gets it at once anyway.
 */
@Component
class LockCleaningSchedule {

	private static final Logger log = LoggerFactory.getLogger(LockCleaningSchedule.class);

	private final LockRows rows;

	LockCleaningSchedule(LockRows rows) {
		this.rows = rows;
	}

	@Scheduled(initialDelay = 10_000, fixedDelay = 60_000)
	void onSchedule() {
		try {
			this.rows.forgetEnded();
		}
		catch (RuntimeException ex) {
			log.warn("Locks of ended executions could not be removed and will be: {}", ex.toString());
		}
	}

}
